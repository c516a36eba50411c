package com.wisesync.keycloak.events;

import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.Company;
import com.wisesync.keycloak.lifecycle.LifecycleDetection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hibernate.Hibernate;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.service.spi.EventListenerRegistry;
import org.hibernate.event.spi.EventType;
import org.hibernate.event.spi.PostDeleteEvent;
import org.hibernate.event.spi.PostDeleteEventListener;
import org.hibernate.event.spi.PostInsertEvent;
import org.hibernate.event.spi.PostInsertEventListener;
import org.hibernate.event.spi.PostUpdateEvent;
import org.hibernate.event.spi.PostUpdateEventListener;
import org.hibernate.persister.entity.EntityPersister;
import org.keycloak.models.jpa.entities.GroupAttributeEntity;
import org.keycloak.models.jpa.entities.OrganizationEntity;
import org.keycloak.models.jpa.entities.UserAttributeEntity;
import org.keycloak.models.jpa.entities.UserEntity;

/**
 * Detects changed data of users and accounts below every caller, for lifecycle events. Reads only entity state and never
 * queries the database, because Hibernate calls it during a flush.
 */
final class UserDataChanges implements PostInsertEventListener, PostUpdateEventListener, PostDeleteEventListener {

    private static final long serialVersionUID = 1;

    /** What events contain. */
    private static final List<String> USER = List.of("username", "email", "emailVerified", "firstName", "lastName");

    private static final List<String> ACCOUNT = List.of("name", "enabled");

    private final transient LifecycleDetection detection;

    UserDataChanges(LifecycleDetection detection) {
        this.detection = detection;
    }

    void listenTo(SessionFactoryImplementor factory) {
        EventListenerRegistry listeners = factory.getEventEngine().getListenerRegistry();
        listeners.appendListeners(EventType.POST_INSERT, this);
        listeners.appendListeners(EventType.POST_UPDATE, this);
        listeners.appendListeners(EventType.POST_DELETE, this);
    }

    @Override
    public void onPostInsert(PostInsertEvent event) {
        if (event.getEntity() instanceof UserEntity user) {
            if (user.getServiceAccountClientLink() == null) {
                detection.userCreated(event.getSession(), user.getRealmId(), user.getId());
            }
        } else if (event.getEntity() instanceof UserAttributeEntity attribute) {
            attributeChanged(event.getSession(), attribute);
        } else if (event.getEntity() instanceof GroupAttributeEntity attribute) {
            companyChanged(event.getSession(), attribute, null, attribute.getValue());
        }
    }

    @Override
    public void onPostUpdate(PostUpdateEvent event) {
        if (event.getEntity() instanceof UserEntity user) {
            userChanged(event, user);
        } else if (event.getEntity() instanceof OrganizationEntity account && isChanged(event, ACCOUNT)) {
            detection.account(event.getSession(), account.getRealmId(), account.getId());
        } else if (event.getEntity() instanceof UserAttributeEntity attribute) {
            attributeChanged(event.getSession(), attribute);
        } else if (event.getEntity() instanceof GroupAttributeEntity attribute && isChanged(event, List.of("value"))) {
            String before = (String) old(event, "value").orElse(null);
            companyChanged(event.getSession(), attribute, before, attribute.getValue());
        }
    }

    @Override
    public void onPostDelete(PostDeleteEvent event) {
        if (event.getEntity() instanceof UserAttributeEntity attribute) {
            attributeChanged(event.getSession(), attribute);
        } else if (event.getEntity() instanceof GroupAttributeEntity attribute) {
            companyChanged(event.getSession(), attribute, attribute.getValue(), null);
        }
    }

    @Override
    public boolean requiresPostCommitHandling(EntityPersister persister) {
        return false;
    }

    private void userChanged(PostUpdateEvent event, UserEntity user) {
        if (user.getServiceAccountClientLink() != null) {
            detection.serviceAccount(event.getSession(), user.getId());
            return;
        }
        if (isChanged(event, USER)) {
            detection.userUpdated(event.getSession(), user.getRealmId(), user.getId());
        }
        if (isChanged(event, List.of("enabled"))) {
            detection.userEnabled(event.getSession(), user.getRealmId(), user.getId(), user.isEnabled());
        }
    }

    private void attributeChanged(SharedSessionContractImplementor transaction, UserAttributeEntity attribute) {
        if (Company.USER_ATTRIBUTE.equals(attribute.getName())) {
            UserEntity user = attribute.getUser();
            String realm = Hibernate.isInitialized(user) ? user.getRealmId() : null;
            detection.userAccess(transaction, realm, user.getId());
        }
    }

    private void companyChanged(
            SharedSessionContractImplementor transaction, GroupAttributeEntity attribute, String before, String after) {
        Account.companyOfAttribute(attribute.getName())
                .ifPresent(company ->
                        detection.company(transaction, attribute.getGroup().getId(), company, before, after));
    }

    private static boolean isChanged(PostUpdateEvent event, List<String> properties) {
        Object[] before = event.getOldState();
        String[] names = event.getPersister().getPropertyNames();
        for (int i = 0; i < names.length; i++) {
            if (properties.contains(names[i]) && (before == null || !Objects.equals(before[i], event.getState()[i]))) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Object> old(PostUpdateEvent event, String property) {
        int index = List.of(event.getPersister().getPropertyNames()).indexOf(property);
        return Optional.ofNullable(event.getOldState()).map(state -> state[index]);
    }
}
