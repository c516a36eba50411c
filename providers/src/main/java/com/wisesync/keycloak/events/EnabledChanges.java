package com.wisesync.keycloak.events;

import com.wisesync.keycloak.sessions.SessionDetection;
import com.wisesync.keycloak.wisepay.Detection;
import java.util.Arrays;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.event.spi.EventType;
import org.hibernate.event.spi.PostInsertEvent;
import org.hibernate.event.spi.PostInsertEventListener;
import org.hibernate.event.spi.PostUpdateEvent;
import org.hibernate.event.spi.PostUpdateEventListener;
import org.hibernate.persister.entity.EntityPersister;
import org.keycloak.models.jpa.entities.OrganizationEntity;
import org.keycloak.models.jpa.entities.UserEntity;

/**
 * Detects that users and accounts are disabled or enabled, below every caller: workflows, SCIM and other extensions call
 * {@code setEnabled} and publish no event (Keycloak issues 48855, 51317). Reads only entity state and never queries the
 * database, because Hibernate calls it during a flush.
 */
final class EnabledChanges implements PostInsertEventListener, PostUpdateEventListener {

    private static final long serialVersionUID = 1;
    private static final String ENABLED = "enabled";

    private final transient Detection detection;
    private final transient SessionDetection sessions;
    private final transient DirectoryLinks links;

    EnabledChanges(Detection detection, SessionDetection sessions, DirectoryLinks links) {
        this.detection = detection;
        this.sessions = sessions;
        this.links = links;
    }

    void listenTo(SessionFactoryImplementor sessions) {
        sessions.getEventEngine().getListenerRegistry().appendListeners(EventType.POST_INSERT, this);
        sessions.getEventEngine().getListenerRegistry().appendListeners(EventType.POST_UPDATE, this);
    }

    @Override
    public void onPostInsert(PostInsertEvent event) {
        if (event.getEntity() instanceof UserEntity user) {
            sessions.userCreated(event.getSession(), user.getId());
            links.userCreated(event.getSession(), user.getId());
        }
    }

    @Override
    public void onPostUpdate(PostUpdateEvent event) {
        Object entity = event.getEntity();
        if (entity instanceof UserEntity user && enabledChanged(event)) {
            if (user.getServiceAccountClientLink() == null) {
                detection.userEnabled(event.getSession(), user.getId(), user.isEnabled());
                sessions.userEnabled(event.getSession(), user.getId(), user.isEnabled());
                if (user.isEnabled()) {
                    links.userEnabled(event.getSession(), user.getId());
                }
            }
        } else if (entity instanceof OrganizationEntity account && enabledChanged(event)) {
            detection.accountEnabled(event.getSession(), account.getId(), account.isEnabled());
            sessions.accountEnabled(event.getSession(), account.getId(), account.isEnabled());
        }
    }

    @Override
    public boolean requiresPostCommitHandling(EntityPersister persister) {
        return false;
    }

    private static boolean enabledChanged(PostUpdateEvent event) {
        int index = Arrays.asList(event.getPersister().getPropertyNames()).indexOf(ENABLED);
        Object[] before = event.getOldState();
        return before == null || !before[index].equals(event.getState()[index]);
    }
}
