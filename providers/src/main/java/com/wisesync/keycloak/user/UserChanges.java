package com.wisesync.keycloak.user;

import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.access.AccessRules;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.Accounts;
import com.wisesync.keycloak.account.Psa;
import com.wisesync.keycloak.mail.Emails;
import com.wisesync.keycloak.mail.Notice;
import com.wisesync.keycloak.role.Role;
import com.wisesync.keycloak.sessions.Sessions;
import com.wisesync.keycloak.twofactor.SecondFactors;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.UserCache;
import org.keycloak.models.jpa.entities.UserEntity;

/**
 * What can be done to the users that an account has. Each takes the account's lock first and judges what the database says then:
 * two at once are one after the other. Everything is written before it returns, so that what the database refuses is
 * refused here.
 */
public final class UserChanges {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final EntityManager em;
    private final Accounts accounts;
    private final AccountUsers users;
    private final Names names;
    private final UserData person;
    private final Passwords passwords;
    private final Sessions sessions;
    private final Emails emails;

    public UserChanges(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.accounts = new Accounts(session);
        this.users = new AccountUsers(session);
        this.names = new Names(session);
        this.person = new UserData(session);
        this.passwords = new Passwords(session);
        this.sessions = new Sessions(session);
        this.emails = new Emails(session);
    }

    /**
     * @param versions of the user who was edited, any of them; empty to take them as they are
     * @param edit what to make of them, seen as they are now
     */
    public UserChange edit(Account of, String userId, Optional<Set<String>> versions, Actor actor, Edit edit) {
        Account account = lock(of);
        UserModel user = subject(userId);
        AccountUser before = fresh(account, userId);
        if (versions.filter(any -> !any.contains(before.version())).isPresent()) {
            throw Refusal.of(Refusal.Kind.STALE, "wiseSyncStale", before.displayName());
        }
        UserEdit wanted = edit.of(before);
        AccountRules rules = new AccountRules(account, users);
        boolean self = actor.userId().equals(userId);
        boolean newRole = before.role().filter(wanted.role()::equals).isEmpty();
        boolean newEmail = !Names.normal(wanted.email()).equals(before.email());
        boolean newUsername = !Names.normal(wanted.username()).equals(before.username());
        boolean newCompanies = !wanted.companies().equals(before.companies());
        if (!actor.isStaff() && !actor.isAccountAdmin() && (newRole || newEmail || newUsername || newCompanies)) {
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "wiseSyncOwnNamesOnly");
        }
        if (newRole) {
            rules.requireMayChangeRole(actor);
            rules.requireNotLastAdmin(before, "wiseSyncLastAdminKeepsRole");
        }
        if (newRole || newCompanies) {
            rules.requireFitting(wanted.role(), wanted.companies());
        }
        if ((newEmail || newUsername) && !self) {
            actor.requireRecentLogin();
        }
        if (newEmail || newUsername) {
            names.take(wanted.username(), wanted.email(), userId);
        }
        if (newRole) {
            become(user, wanted.role());
        }
        person.update(user, wanted);
        if (newEmail) {
            user.setEmailVerified(false);
            emails.notifyUser(user, Notice.EMAIL_CHANGED, before.email());
            emails.notifyUser(user, Notice.EMAIL_CHANGED);
        } else if (newUsername) {
            emails.notifyUser(user, Notice.USERNAME_CHANGED);
        }
        em.flush();
        if ((newEmail || newUsername) && !self) {
            sessions.end(user);
        }
        return new UserChange(before, fresh(account, userId));
    }

    /** What becomes of a user, told from what they are. */
    @FunctionalInterface
    public interface Edit {
        UserEdit of(AccountUser now);
    }

    /** Nothing happens to who is disabled already. */
    public UserChange disable(Account of, String userId, Actor actor) {
        Account account = lock(of);
        UserModel user = subject(userId);
        AccountUser before = fresh(account, userId);
        if (actor.userId().equals(userId)) {
            throw Refusal.conflict(null, "wiseSyncNotYourself");
        }
        if (!before.enabled()) {
            return new UserChange(before, before);
        }
        new AccountRules(account, users).requireNotLastAdmin(before, "wiseSyncLastAdminStaysEnabled");
        user.setEnabled(false);
        emails.notifyUser(user, Notice.DISABLED);
        em.flush();
        sessions.end(user);
        return new UserChange(before, fresh(account, userId));
    }

    /**
     * They begin with a login. Stock paths leave the sessions of whom they disable, and one that was being made at that moment
     * may be there too; none of them may come alive again.
     */
    public UserChange enable(Account of, String userId) {
        Account account = lock(of);
        UserModel user = subject(userId);
        AccountUser before = fresh(account, userId);
        if (!before.enabled()) {
            user.setEnabled(true);
            em.flush();
            sessions.end(user);
        }
        return new UserChange(before, fresh(account, userId));
    }

    public AccountUser setPassword(Account of, String userId, String password, Actor actor) {
        Account account = lock(of);
        UserModel user = subject(userId);
        AccountUser before = fresh(account, userId);
        if (account.psa().filter(Psa.AUTOTASK::equals).isEmpty()) {
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "wiseSyncPasswordOnlyAutotask", account.name());
        }
        passwords.set(user, password);
        tell(user, Notice.PASSWORD_CHANGED, actor);
        return before;
    }

    /** Their devices are gone and the next login mails a code. Who had none is told nothing and stays logged in. */
    public UserChange removeTwoFactor(Account of, String userId, Actor actor) {
        Account account = lock(of);
        UserModel user = subject(userId);
        AccountUser before = fresh(account, userId);
        if (!new SecondFactors(user).removeAll().isEmpty()) {
            tell(user, Notice.TWO_FACTOR_REMOVED, actor);
        }
        return new UserChange(before, fresh(account, userId));
    }

    /** The user, for a room that changes what it keeps with them, and then {@link #tell}s them. */
    public UserModel lock(Account of, String userId) {
        lock(of);
        return subject(userId);
    }

    /** By mail; and unless they did it themselves, they are logged out of everything. */
    public void tell(UserModel user, Notice notice, Actor actor) {
        emails.notifyUser(user, notice);
        em.flush();
        if (!actor.userId().equals(user.getId())) {
            sessions.end(user);
        }
    }

    public AccountUser resetPassword(Account of, String userId) {
        Account account = lock(of);
        UserModel user = subject(userId);
        AccountUser now = fresh(account, userId);
        if (!now.enabled()) {
            throw Refusal.conflict(null, "wiseSyncUserIsDisabled", now.displayName());
        }
        emails.resetPassword(user);
        em.flush();
        return now;
    }

    /** Everybody to whom this company is assigned, whatever else they are. */
    List<AccountUser> assignedTo(Account account, String companyId) {
        return users.idsWith(account, companyId).stream()
                .map(id -> fresh(account, id))
                .toList();
    }

    /**
     * Nobody has the company any more.
     *
     * @param account without it
     * @param assigned who had it, as they were then
     */
    List<UserChange> unassign(Account account, String companyId, List<AccountUser> assigned) {
        List<UserChange> changes = new ArrayList<>();
        for (AccountUser before : assigned) {
            UserModel user = subject(before.id());
            List<String> left = user.getAttributeStream(AccessRules.COMPANIES)
                    .filter(company -> !company.equals(companyId))
                    .toList();
            user.setAttribute(AccessRules.COMPANIES, left);
            em.flush();
            changes.add(new UserChange(before, fresh(account, before.id())));
        }
        return changes;
    }

    private Account lock(Account account) {
        return accounts.lockForUserChange(account).orElseThrow(Refusal::notFound);
    }

    private AccountUser fresh(Account account, String userId) {
        return users.find(account, userId).orElseThrow(Refusal::notFound);
    }

    /**
     * The model to change somebody through, over what the database has. The one that authorized this request came from a
     * cache, or was read before the lock was ours; Hibernate would write back what has changed since.
     */
    private UserModel subject(String userId) {
        UserModel cached = session.users().getUserById(realm, userId);
        if (cached == null) {
            throw Refusal.notFound();
        }
        Optional.ofNullable(session.getProvider(UserCache.class)).ifPresent(cache -> cache.evict(realm, cached));
        UserEntity row = em.find(UserEntity.class, userId);
        if (row == null) {
            throw Refusal.notFound();
        }
        em.refresh(row);
        return Objects.requireNonNull(session.users().getUserById(realm, userId));
    }

    /** Granting comes first: a user of an account is never without a role. */
    private void become(UserModel user, Role role) {
        user.grantRole(role.setUpIn(realm));
        for (Role other : Role.values()) {
            other.in(realm)
                    .filter(held -> other != role && user.hasDirectRole(held))
                    .ifPresent(user::deleteRoleMapping);
        }
    }
}
