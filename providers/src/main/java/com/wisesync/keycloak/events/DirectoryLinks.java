package com.wisesync.keycloak.events;

import com.wisesync.keycloak.account.ScimLink;
import com.wisesync.keycloak.outbox.ActiveRealm;
import com.wisesync.keycloak.outbox.TransactionChanges;
import jakarta.persistence.EntityManager;
import java.util.HashSet;
import java.util.Set;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.keycloak.models.jpa.entities.UserAttributeEntity;
import org.keycloak.models.jpa.entities.UserEntity;

/**
 * Changes the {@link ScimLink} of users who are enabled, on any path: the directory may enable only a user that it disabled
 * itself, and not one that was enabled since and disabled again by someone else. Writes before the commit; Keycloak's cache
 * forgets the user anyway, because {@code enabled} was changed.
 */
final class DirectoryLinks {

    private final TransactionChanges<Users> transactions = new TransactionChanges<>(Users::new, this::write);

    /** Keycloak creates users disabled and enables them with an update, so an import would read each of them again. */
    private record Users(Set<String> created, Set<String> enabled) {

        Users() {
            this(new HashSet<>(), new HashSet<>());
        }
    }

    /** A user was created in this transaction. */
    void userCreated(SharedSessionContractImplementor transaction, String userId) {
        transactions.of(transaction).created().add(userId);
    }

    /**
     * A user was enabled.
     *
     * @param transaction Hibernate's session in which it was enabled
     */
    void userEnabled(SharedSessionContractImplementor transaction, String userId) {
        Users users = transactions.of(transaction);
        if (!users.created().contains(userId)) {
            users.enabled().add(userId);
        }
    }

    private void write(Users users, EntityManager em) {
        boolean changed = false;
        for (String id : users.enabled()) {
            UserEntity user = em.find(UserEntity.class, id);
            if (user != null && user.isEnabled()) {
                changed |= forgetDisabled(user, em);
            }
        }
        if (changed) {
            em.flush();
        }
    }

    private static boolean forgetDisabled(UserEntity user, EntityManager em) {
        boolean changed = false;
        for (UserAttributeEntity attribute : user.getAttributes()) {
            if (ScimLink.ATTRIBUTE.equals(attribute.getName())) {
                String enabled = ScimLink.parse(attribute.getValue())
                        .map(link -> link.withoutRightToEnable().value())
                        .orElse(attribute.getValue());
                if (!enabled.equals(attribute.getValue()) && ActiveRealm.test(em, user.getRealmId())) {
                    attribute.setValue(enabled);
                    changed = true;
                }
            }
        }
        return changed;
    }
}
