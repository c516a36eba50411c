package com.wisesync.keycloak.wisepay;

import java.util.Arrays;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.event.spi.EventType;
import org.hibernate.event.spi.PostUpdateEvent;
import org.hibernate.event.spi.PostUpdateEventListener;
import org.hibernate.persister.entity.EntityPersister;
import org.keycloak.models.jpa.entities.OrganizationEntity;
import org.keycloak.models.jpa.entities.UserEntity;

/**
 * Notices that users and accounts are switched off or on, below everything that can do it: workflows, SCIM and other extensions call
 * {@code setEnabled} and publish nothing (Keycloak issues 48855, 51317). It looks at what is in memory and asks nothing of the
 * database, because it is called in the middle of a flush.
 */
final class Switches implements PostUpdateEventListener {

    private static final long serialVersionUID = 1;
    private static final String ENABLED = "enabled";

    private final transient Noticing noticing;

    Switches(Noticing noticing) {
        this.noticing = noticing;
    }

    void listenTo(SessionFactoryImplementor sessions) {
        sessions.getEventEngine().getListenerRegistry().appendListeners(EventType.POST_UPDATE, this);
    }

    @Override
    public void onPostUpdate(PostUpdateEvent event) {
        Object entity = event.getEntity();
        if (entity instanceof UserEntity user && switched(event)) {
            if (user.getServiceAccountClientLink() == null) {
                noticing.in(event.getSession()).user(user.getId(), user.isEnabled());
            }
        } else if (entity instanceof OrganizationEntity account && switched(event)) {
            noticing.in(event.getSession()).account(account.getId(), account.isEnabled());
        }
    }

    @Override
    public boolean requiresPostCommitHandling(EntityPersister persister) {
        return false;
    }

    private static boolean switched(PostUpdateEvent event) {
        int index = Arrays.asList(event.getPersister().getPropertyNames()).indexOf(ENABLED);
        Object[] before = event.getOldState();
        return before == null || !before[index].equals(event.getState()[index]);
    }
}
