package com.wisesync.keycloak.access;

import com.wisesync.keycloak.EmailAddress;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.Accounts;
import com.wisesync.keycloak.account.Company;
import com.wisesync.keycloak.role.Role;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Decides whether a user has access. The User Profile refuses most invalid combinations, but realm import, partial import,
 * brokered creation without review, role mappings and organization memberships bypass it. Therefore claims, login, tokens and
 * the admin API each ask here.
 */
public final class AccessRules {

    private static final String CACHED = "wise-sync.access.";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Accounts accounts;

    /** @param session with the realm in its context */
    public AccessRules(KeycloakSession session) {
        this(session, new Accounts(session));
    }

    AccessRules(KeycloakSession session, Accounts accounts) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.accounts = accounts;
    }

    /** What the user has access to now; empty without access. Does not check whether the user is enabled. */
    public Optional<Access> find(UserModel user) {
        return decide(user).access();
    }

    /** Why the user has no access; empty with access. Does not check whether the user is enabled. */
    public Optional<Obstacle> findObstacle(UserModel user) {
        return decide(user).obstacle();
    }

    /**
     * The same as {@link #find}, decided once per request. Only for requests that change nothing about the user, such as those
     * of the token endpoint: an access token, an ID token and the final check then need one decision.
     */
    public Optional<Access> findCached(UserModel user) {
        return decideCached(user).access();
    }

    /** The same as {@link #findObstacle}, decided once per request like {@link #findCached}. */
    Optional<Obstacle> findCachedObstacle(UserModel user) {
        return decideCached(user).obstacle();
    }

    private Evaluation decideCached(UserModel user) {
        String key = CACHED + user.getId();
        Evaluation cached = session.getAttribute(key, Evaluation.class);
        if (cached == null) {
            cached = decide(user);
            session.setAttribute(key, cached);
        }
        return cached;
    }

    private Evaluation decide(UserModel user) {
        Optional<Account> account = accounts.findByMember(user);
        if (account.isEmpty()) {
            return Evaluation.refused(Obstacle.NO_ACCOUNT);
        }
        if (!account.get().enabled()) {
            return Evaluation.refused(Obstacle.ACCOUNT_DISABLED);
        }
        Optional<Role> role = Role.of(user);
        if (role.isEmpty()) {
            return Evaluation.refused(Obstacle.NO_ROLE);
        }
        List<String> assigned = role.get().listsCompanies() ? assigned(user, account.get()) : List.of();
        if (role.get().listsCompanies() && assigned.isEmpty()) {
            return Evaluation.refused(Obstacle.NO_COMPANY);
        }
        if (!isUsernameUnique(user)) {
            return Evaluation.refused(Obstacle.AMBIGUOUS_USERNAME);
        }
        return Evaluation.granted(new Access(account.get(), role.get(), assigned));
    }

    private static List<String> assigned(UserModel user, Account account) {
        return user.getAttributeStream(Company.USER_ATTRIBUTE)
                .distinct()
                .filter(id -> account.company(id).isPresent())
                .sorted()
                .toList();
    }

    /**
     * Whether username and email identify this user only; imports can break that. If both are equal and have one spelling, the
     * database's unique constraints guarantee it. Otherwise this costs a statement each time: Keycloak caches neither that no
     * user was found, nor a user who was found by id before (UserCacheSession.getUserByUsername, 26.7.4).
     */
    private boolean isUsernameUnique(UserModel user) {
        String username = user.getUsername();
        String email = user.getEmail();
        if (!isAddress(username) || email == null) {
            return false;
        }
        Set<String> usernames = EmailAddress.spellings(username);
        if (username.equals(email) && usernames.equals(Set.of(username)) && !realm.isDuplicateEmailsAllowed()) {
            return true;
        }
        return usernames.stream()
                        .allMatch(name -> isAbsentOrSame(user, session.users().getUserByEmail(realm, name)))
                && EmailAddress.spellings(email).stream()
                        .allMatch(name -> isAbsentOrSame(user, session.users().getUserByUsername(realm, name)));
    }

    /** Whether a username has the form that it must have. */
    public static boolean isAddress(String username) {
        return EmailAddress.isWellFormed(username);
    }

    private static boolean isAbsentOrSame(UserModel user, UserModel found) {
        return found == null || Objects.equals(found.getId(), user.getId());
    }

    private record Evaluation(Optional<Access> access, Optional<Obstacle> obstacle) {

        static Evaluation granted(Access access) {
            return new Evaluation(Optional.of(access), Optional.empty());
        }

        static Evaluation refused(Obstacle obstacle) {
            return new Evaluation(Optional.empty(), Optional.of(obstacle));
        }
    }
}
