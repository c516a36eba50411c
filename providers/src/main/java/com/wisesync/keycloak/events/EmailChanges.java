package com.wisesync.keycloak.events;

import com.wisesync.keycloak.LoginNameClaims;
import com.wisesync.keycloak.outbox.TransactionChanges;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.event.spi.EventType;
import org.hibernate.event.spi.PostUpdateEvent;
import org.hibernate.event.spi.PostUpdateEventListener;
import org.hibernate.persister.entity.EntityPersister;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.jpa.entities.UserEntity;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * Detects changed emails below every caller, and remembers the email before the transaction: the admin event of an updated user
 * has no old value, and Keycloak's own SCIM writes a user before it asks the User Profile (UserResourceTypeProvider, 26.7.5).
 * Detects usernames that an identity provider changes, too. Reads only entity state, because Hibernate calls it during a flush.
 */
final class EmailChanges implements PostUpdateEventListener {

    private static final long serialVersionUID = 1;
    private static final String EMAIL = "email";
    private static final String USERNAME = "username";

    /** The emails before the transaction, by user id. */
    private final transient TransactionChanges<Map<String, String>> transactions =
            new TransactionChanges<>(HashMap::new, (before, em) -> EmailSpelling.normalizeEmails(before.keySet(), em));

    /** The ids of the users whose username an identity provider changes. */
    private final transient TransactionChanges<Set<String>> usernames =
            new TransactionChanges<>(HashSet::new, EmailSpelling::normalizeUsernames);

    void listenTo(SessionFactoryImplementor factory) {
        factory.getEventEngine().getListenerRegistry().appendListeners(EventType.POST_UPDATE, this);
    }

    /** Whether the transaction has changed the user's email, as of its last flush. Another spelling is the same email. */
    boolean isChanged(KeycloakSession session, UserModel user) {
        String before = transactions.of(session).get(user.getId());
        return before != null && !LoginNameClaims.same(before, user.getEmail());
    }

    @Override
    public void onPostUpdate(PostUpdateEvent event) {
        if (event.getEntity() instanceof UserEntity user) {
            List<String> properties = List.of(event.getPersister().getPropertyNames());
            int email = properties.indexOf(EMAIL);
            if (isChanged(event, email)) {
                String before = (String) old(event, email);
                transactions.of(event.getSession()).putIfAbsent(user.getId(), Objects.requireNonNullElse(before, ""));
            }
            if (isReturnFromProvider() && isChanged(event, properties.indexOf(USERNAME))) {
                usernames.of(event.getSession()).add(user.getId());
            }
        }
    }

    /**
     * Whether an identity provider returns from a login, after which its mappers run. Usernames that an import or Keycloak's SCIM
     * stores in another spelling stay as they are.
     */
    private static boolean isReturnFromProvider() {
        KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
        return session != null
                && session.getContext().getAuthenticationSession() != null
                && session.getContext().getUri().getPath().contains("/broker/");
    }

    private static boolean isChanged(PostUpdateEvent event, int property) {
        return !Objects.equals(old(event, property), event.getState()[property]);
    }

    private static Object old(PostUpdateEvent event, int property) {
        return event.getOldState() == null ? null : event.getOldState()[property];
    }

    @Override
    public boolean requiresPostCommitHandling(EntityPersister persister) {
        return false;
    }
}
