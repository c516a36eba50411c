package com.wisesync.keycloak.events;

import com.wisesync.keycloak.outbox.TransactionChanges;
import com.wisesync.keycloak.twofactor.SecondFactors;
import java.util.HashSet;
import java.util.Set;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.event.spi.EventType;
import org.hibernate.event.spi.PostInsertEvent;
import org.hibernate.event.spi.PostInsertEventListener;
import org.hibernate.persister.entity.EntityPersister;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.jpa.entities.CredentialEntity;

/**
 * Detects new second factors below every caller: the admin event of an updated user has no credentials. Reads only entity state,
 * because Hibernate calls it during a flush.
 */
final class NewSecondFactors implements PostInsertEventListener {

    private static final long serialVersionUID = 1;

    /** The ids of the users who got one. They are read within the transaction, so that nothing is written. */
    private final transient TransactionChanges<Set<String>> transactions =
            new TransactionChanges<>(HashSet::new, (users, em) -> {});

    void listenTo(SessionFactoryImplementor factory) {
        factory.getEventEngine().getListenerRegistry().appendListeners(EventType.POST_INSERT, this);
    }

    /** Whether the transaction has added a second factor of the user, as of its last flush. */
    boolean isAdded(KeycloakSession session, UserModel user) {
        return transactions.of(session).contains(user.getId());
    }

    @Override
    public void onPostInsert(PostInsertEvent event) {
        if (event.getEntity() instanceof CredentialEntity credential
                && SecondFactors.TYPES.contains(credential.getType())) {
            transactions.of(event.getSession()).add(credential.getUser().getId());
        }
    }

    @Override
    public boolean requiresPostCommitHandling(EntityPersister persister) {
        return false;
    }
}
