package com.wisesync.keycloak.access;

import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.Accounts;
import com.wisesync.keycloak.role.Role;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.utils.EmailValidationUtil;

/**
 * The last word on who has access. The User Profile keeps most broken combinations out, but realm import, partial import,
 * brokered creation without review, role mappings and organization memberships never ask it; so claims, login and our
 * API ask here, each time.
 */
public final class AccessRules {

    /** The user attribute with the ids of the companies assigned one by one. */
    public static final String COMPANIES = "companies";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Accounts accounts;

    /** For the realm in the session's context. */
    public AccessRules(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.accounts = new Accounts(session);
    }

    public Optional<Access> of(UserModel user) {
        return judge(user).access();
    }

    /** What keeps this user out, if anything does. Whether they are enabled is not asked here. */
    public Optional<Obstacle> obstacleOf(UserModel user) {
        return judge(user).obstacle();
    }

    private Verdict judge(UserModel user) {
        Optional<Account> account = accounts.findByMember(user);
        if (account.isEmpty()) {
            return Verdict.refused(Obstacle.NO_ACCOUNT);
        }
        if (!account.get().enabled()) {
            return Verdict.refused(Obstacle.ACCOUNT_DISABLED);
        }
        Optional<Role> role = Role.of(user);
        if (role.isEmpty()) {
            return Verdict.refused(Obstacle.NO_ROLE);
        }
        List<String> assigned = role.get().listsCompanies() ? assigned(user, account.get()) : List.of();
        if (role.get().listsCompanies() && assigned.isEmpty()) {
            return Verdict.refused(Obstacle.NO_COMPANY);
        }
        if (!ownsTheirUsername(user)) {
            return Verdict.refused(Obstacle.AMBIGUOUS_USERNAME);
        }
        return Verdict.granted(new Access(account.get(), role.get(), assigned));
    }

    private static List<String> assigned(UserModel user, Account account) {
        return user.getAttributeStream(COMPANIES)
                .distinct()
                .filter(id -> account.company(id).isPresent())
                .sorted()
                .toList();
    }

    /**
     * Both names a user logs in with are theirs alone; imports can make it otherwise. Where the two are one, the database's
     * unique constraints say so. Looking costs a statement each time: Keycloak caches neither that there is nobody, nor a
     * user who was found by id before (UserCacheSession.getUserByUsername, 26.7.4).
     */
    private boolean ownsTheirUsername(UserModel user) {
        String username = user.getUsername();
        String email = user.getEmail();
        if (username.equals(email) && !realm.isDuplicateEmailsAllowed()) {
            return isAddress(username);
        }
        return isAddress(username)
                && email != null
                && isOrNobody(user, session.users().getUserByEmail(realm, username))
                && isOrNobody(user, session.users().getUserByUsername(realm, email));
    }

    /** Whether a username has the form that it must have. */
    public static boolean isAddress(String username) {
        return EmailValidationUtil.isValidEmail(username);
    }

    private static boolean isOrNobody(UserModel user, UserModel found) {
        return found == null || Objects.equals(found.getId(), user.getId());
    }

    private record Verdict(Optional<Access> access, Optional<Obstacle> obstacle) {

        static Verdict granted(Access access) {
            return new Verdict(Optional.of(access), Optional.empty());
        }

        static Verdict refused(Obstacle obstacle) {
            return new Verdict(Optional.empty(), Optional.of(obstacle));
        }
    }
}
