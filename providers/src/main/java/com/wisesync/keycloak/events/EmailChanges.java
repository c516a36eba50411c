package com.wisesync.keycloak.events;

import com.wisesync.keycloak.LoginNameClaims;
import com.wisesync.keycloak.outbox.TransactionChanges;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.event.spi.EventType;
import org.hibernate.event.spi.PostUpdateEvent;
import org.hibernate.event.spi.PostUpdateEventListener;
import org.hibernate.persister.entity.EntityPersister;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.jpa.entities.UserEntity;

/**
 * Detects changed emails below every caller, and remembers the email before the transaction: the admin event of an updated user
 * has no old value, and Keycloak's own SCIM writes a user before it asks the User Profile (UserResourceTypeProvider, 26.7.5).
 * Reads only entity state, because Hibernate calls it during a flush.
 */
final class EmailChanges implements PostUpdateEventListener {

    private static final long serialVersionUID = 1;
    private static final String EMAIL = "email";

    /** The emails before the transaction, by user id. */
    private final transient TransactionChanges<Map<String, String>> transactions =
            new TransactionChanges<>(HashMap::new, EmailSpelling::normalize);

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
            int index = Arrays.asList(event.getPersister().getPropertyNames()).indexOf(EMAIL);
            String before = event.getOldState() == null ? null : (String) event.getOldState()[index];
            if (!Objects.equals(before, event.getState()[index])) {
                transactions.of(event.getSession()).putIfAbsent(user.getId(), Objects.requireNonNullElse(before, ""));
            }
        }
    }

    @Override
    public boolean requiresPostCommitHandling(EntityPersister persister) {
        return false;
    }
}
