package com.wisesync.keycloak.outbox;

import com.wisesync.keycloak.OptIn;
import jakarta.persistence.EntityManager;
import java.util.Optional;
import org.keycloak.models.RealmModel;
import org.keycloak.utils.KeycloakSessionUtil;

/** Whether the extension is active in a realm, for code that runs while a transaction completes. */
public final class ActiveRealm {

    private ActiveRealm() {}

    /** Reads Keycloak's cache where the session of this thread knows the realm, and otherwise the database. */
    public static boolean test(EntityManager em, String realmId) {
        return ofThisThread(realmId).map(OptIn::isActive).orElseGet(() -> listsListener(em, realmId));
    }

    /** The realm of this thread's session, if it is this one. */
    public static Optional<RealmModel> ofThisThread(String realmId) {
        return Optional.ofNullable(KeycloakSessionUtil.getKeycloakSession())
                .map(session -> session.getContext().getRealm())
                .filter(realm -> realm.getId().equals(realmId));
    }

    private static boolean listsListener(EntityManager em, String realmId) {
        return em.createQuery(
                                "SELECT COUNT(r) FROM RealmEntity r JOIN r.eventsListeners l"
                                        + " WHERE r.id = :realm AND l = :listener",
                                Long.class)
                        .setParameter("realm", realmId)
                        .setParameter("listener", OptIn.LISTENER)
                        .getSingleResult()
                > 0;
    }
}
