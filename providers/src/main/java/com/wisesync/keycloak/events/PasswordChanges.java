package com.wisesync.keycloak.events;

import com.wisesync.keycloak.sessions.SessionDetection;
import java.util.Arrays;
import java.util.Objects;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.event.service.spi.EventListenerRegistry;
import org.hibernate.event.spi.EventType;
import org.hibernate.event.spi.PostInsertEvent;
import org.hibernate.event.spi.PostInsertEventListener;
import org.hibernate.event.spi.PostUpdateEvent;
import org.hibernate.event.spi.PostUpdateEventListener;
import org.hibernate.persister.entity.EntityPersister;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.models.jpa.entities.CredentialEntity;

/**
 * Detects new passwords below every caller. A password that is only hashed again, which Keycloak does after a login if the realm's
 * policy changed, keeps its creation date (PasswordCredentialProvider.refreshPassword, 26.7.4) and is not a new one. Reads only
 * entity state, because Hibernate calls it during a flush.
 */
final class PasswordChanges implements PostInsertEventListener, PostUpdateEventListener {

    private static final long serialVersionUID = 1;
    private static final String CREATED = "createdDate";

    private final transient SessionDetection sessions;

    PasswordChanges(SessionDetection sessions) {
        this.sessions = sessions;
    }

    void listenTo(SessionFactoryImplementor factory) {
        EventListenerRegistry listeners = factory.getEventEngine().getListenerRegistry();
        listeners.appendListeners(EventType.POST_INSERT, this);
        listeners.appendListeners(EventType.POST_UPDATE, this);
    }

    @Override
    public void onPostInsert(PostInsertEvent event) {
        if (event.getEntity() instanceof CredentialEntity credential && isPassword(credential)) {
            sessions.passwordCreated(event.getSession(), credential.getUser().getId());
        }
    }

    @Override
    public void onPostUpdate(PostUpdateEvent event) {
        if (event.getEntity() instanceof CredentialEntity credential && isPassword(credential) && isReplaced(event)) {
            sessions.passwordChanged(event.getSession(), credential.getUser().getId());
        }
    }

    @Override
    public boolean requiresPostCommitHandling(EntityPersister persister) {
        return false;
    }

    private static boolean isPassword(CredentialEntity credential) {
        return PasswordCredentialModel.TYPE.equals(credential.getType());
    }

    private static boolean isReplaced(PostUpdateEvent event) {
        int index = Arrays.asList(event.getPersister().getPropertyNames()).indexOf(CREATED);
        Object[] before = event.getOldState();
        return before == null || !Objects.equals(before[index], event.getState()[index]);
    }
}
