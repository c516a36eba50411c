package com.wisesync.keycloak.events;

import com.wisesync.keycloak.EmailAddress;
import com.wisesync.keycloak.outbox.ActiveRealm;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Map;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.jpa.entities.RealmEntity;
import org.keycloak.models.jpa.entities.UserEntity;

/**
 * Stores changed emails in the spelling in which they are compared, see {@link EmailAddress#normalize}. The User Profile has
 * done so already; the mappers of identity providers write what the provider sent, at each login if their sync mode is "force"
 * (IdentityBrokerService.updateFederatedIdentity, 26.7).
 */
final class EmailSpelling {

    private static final String OTHERS = "SELECT COUNT(u) FROM UserEntity u WHERE u.realmId = :realm AND u.id <> :id"
            + " AND (u.email IN :names OR u.username IN :names)";

    private EmailSpelling() {}

    /**
     * Called before the commit.
     *
     * @param changed the emails before the transaction, by the ids of the users
     * @throws ModelDuplicateException if another spelling is an email or username of another user
     */
    static void normalize(Map<String, String> changed, EntityManager em) {
        for (String id : List.copyOf(changed.keySet())) {
            UserEntity user = em.find(UserEntity.class, id);
            if (user != null && isOtherSpelling(user.getEmail()) && ActiveRealm.test(em, user.getRealmId())) {
                normalize(user, em);
            }
        }
    }

    private static void normalize(UserEntity user, EntityManager em) {
        RealmEntity realm = em.find(RealmEntity.class, user.getRealmId());
        long others = em.createQuery(OTHERS, Long.class)
                .setParameter("realm", user.getRealmId())
                .setParameter("id", user.getId())
                .setParameter("names", EmailAddress.spellings(user.getEmail()))
                .getSingleResult();
        if (others > 0) {
            throw new ModelDuplicateException("The email of user " + user.getId() + " is used by another user");
        }
        user.setEmail(EmailAddress.normalize(user.getEmail()), realm.isDuplicateEmailsAllowed());
        em.flush();
    }

    private static boolean isOtherSpelling(String email) {
        return email != null && !EmailAddress.normalize(email).equals(email);
    }
}
