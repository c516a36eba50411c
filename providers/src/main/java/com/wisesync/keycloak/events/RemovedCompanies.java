package com.wisesync.keycloak.events;

import com.wisesync.keycloak.account.Company;
import com.wisesync.keycloak.lifecycle.LifecycleDetection;
import com.wisesync.keycloak.sessions.SessionDetection;
import java.io.Serializable;
import java.util.Collection;
import org.hibernate.collection.spi.PersistentCollection;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.event.service.spi.EventListenerRegistry;
import org.hibernate.event.spi.EventType;
import org.hibernate.event.spi.PreCollectionUpdateEvent;
import org.hibernate.event.spi.PreCollectionUpdateEventListener;
import org.keycloak.models.jpa.entities.UserAttributeEntity;
import org.keycloak.models.jpa.entities.UserEntity;

/**
 * Detects companies that are taken from a user, below every caller, for lifecycle events and for sessions that end. Keycloak
 * deletes a user's attributes with a query and takes them from the entity's collection (UserAdapter#removeAttribute, 26.7.4),
 * so that no attribute is reported as deleted. Reads only entity state and never queries the database, because Hibernate calls
 * it during a flush.
 */
final class RemovedCompanies implements PreCollectionUpdateEventListener, Serializable {

    private static final long serialVersionUID = 1;

    private final transient LifecycleDetection lifecycle;
    private final transient SessionDetection sessions;

    RemovedCompanies(LifecycleDetection lifecycle, SessionDetection sessions) {
        this.lifecycle = lifecycle;
        this.sessions = sessions;
    }

    void listenTo(SessionFactoryImplementor factory) {
        EventListenerRegistry listeners = factory.getEventEngine().getListenerRegistry();
        listeners.appendListeners(EventType.PRE_COLLECTION_UPDATE, this);
    }

    @Override
    public void onPreUpdateCollection(PreCollectionUpdateEvent event) {
        PersistentCollection<?> current = event.getCollection();
        if (event.getAffectedOwnerOrNull() instanceof UserEntity user
                && current instanceof Collection<?> remaining
                && current.getStoredSnapshot() instanceof Collection<?> before
                && before.stream().anyMatch(each -> isCompany(each) && !remaining.contains(each))) {
            lifecycle.userAccess(event.getSession(), user.getRealmId(), user.getId());
            sessions.companyRemoved(event.getSession(), user.getId());
        }
    }

    private static boolean isCompany(Object element) {
        return element instanceof UserAttributeEntity attribute && Company.USER_ATTRIBUTE.equals(attribute.getName());
    }
}
