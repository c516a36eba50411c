package com.wisesync.keycloak.events;

import com.wisesync.keycloak.EmailAddress;
import com.wisesync.keycloak.outbox.ActiveRealm;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Set;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.jpa.entities.RealmEntity;
import org.keycloak.models.jpa.entities.UserEntity;

/**
 * Stores changed emails and usernames in the spelling in which they are compared, see {@link EmailAddress#normalize}. The User
 * Profile has done so already; the mappers of identity providers write what the provider sent, at each login if their sync mode
 * is "force" (IdentityBrokerService.updateFederatedIdentity, UsernameTemplateMapper.updateBrokeredUser, 26.7).
 */
final class EmailSpelling {

    private static final String OTHERS = "SELECT COUNT(u) FROM UserEntity u WHERE u.realmId = :realm AND u.id <> :id"
            + " AND (u.email IN :names OR u.username IN :names)";

    private EmailSpelling() {}

    /**
     * Called before the commit.
     *
     * @param ids the users whose email has changed
     * @throws ModelDuplicateException if another spelling is an email or username of another user
     */
    static void normalizeEmails(Set<String> ids, EntityManager em) {
        for (String id : List.copyOf(ids)) {
            UserEntity user = em.find(UserEntity.class, id);
            if (user != null && isOtherSpelling(user.getEmail()) && ActiveRealm.test(em, user.getRealmId())) {
                requireUnused(user, "email", user.getEmail(), em);
                RealmEntity realm = em.find(RealmEntity.class, user.getRealmId());
                user.setEmail(EmailAddress.normalize(user.getEmail()), realm.isDuplicateEmailsAllowed());
                em.flush();
            }
        }
    }

    /**
     * Called before the commit.
     *
     * @param ids the users whose username has changed
     * @throws ModelDuplicateException if another spelling is an email or username of another user
     */
    static void normalizeUsernames(Set<String> ids, EntityManager em) {
        for (String id : List.copyOf(ids)) {
            UserEntity user = em.find(UserEntity.class, id);
            if (user != null && isOtherSpelling(user.getUsername()) && ActiveRealm.test(em, user.getRealmId())) {
                requireUnused(user, "username", user.getUsername(), em);
                user.setUsername(EmailAddress.normalize(user.getUsername()));
                em.flush();
            }
        }
    }

    private static void requireUnused(UserEntity user, String field, String address, EntityManager em) {
        long others = em.createQuery(OTHERS, Long.class)
                .setParameter("realm", user.getRealmId())
                .setParameter("id", user.getId())
                .setParameter("names", EmailAddress.spellings(address))
                .getSingleResult();
        if (others > 0) {
            throw new ModelDuplicateException("The " + field + " of user " + user.getId() + " is used by another user");
        }
    }

    private static boolean isOtherSpelling(String address) {
        return address != null && !EmailAddress.normalize(address).equals(address);
    }
}
