package com.wisesync.keycloak.user;

import com.wisesync.keycloak.LoginNameClaims;
import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.Accounts;
import com.wisesync.keycloak.account.Company;
import com.wisesync.keycloak.mail.Emails;
import com.wisesync.keycloak.mail.Invitation;
import jakarta.persistence.EntityManager;
import jakarta.persistence.FlushModeType;
import java.util.Optional;
import java.util.function.Supplier;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;

/** Creates users of accounts. */
public final class UserCreation {

    private final RealmModel realm;
    private final EntityManager em;
    private final Accounts accounts;
    private final AccountUsers users;
    private final LoginNameClaims names;
    private final UserData data;
    private final Passwords passwords;
    private final Emails emails;

    UserCreation(
            RealmModel realm,
            EntityManager em,
            Accounts accounts,
            AccountUsers users,
            LoginNameClaims names,
            UserData data,
            Passwords passwords,
            Emails emails) {
        this.realm = realm;
        this.em = em;
        this.accounts = accounts;
        this.users = users;
        this.names = names;
        this.data = data;
        this.passwords = passwords;
        this.emails = emails;
    }

    /**
     * Creates a user with account, role, companies and a password or an invitation; all or nothing.
     *
     * @throws Refusal if a rule forbids it, or another user has the username or email
     */
    public AccountUser create(Account requested, NewUser user, Actor actor) {
        Account account = accounts.lockForUserChange(requested).orElseThrow(Refusal::notFound);
        AccountRules rules = new AccountRules(account, users);
        rules.requireReadyFor(user.role(), actor);
        rules.requireFitting(user.role(), user.companies(), actor);
        user.password().ifPresent(password -> passwords.check(password, user.username(), user.email()));
        names.claimOrRefuse(user.username(), user.email(), null);
        data.check(user);
        UserModel created = flushingOnce(() -> add(account, user, Optional.empty(), actor));
        return new AccountUser(
                created.getId(),
                created.getUsername(),
                created.getEmail(),
                user.firstName().isEmpty() ? null : user.firstName(),
                user.lastName().isEmpty() ? null : user.lastName(),
                Optional.of(user.role()),
                user.companies().stream().sorted().toList(),
                true,
                false,
                user.password().isPresent() ? Optional.empty() : Optional.of(Invitation.waiting()),
                Optional.empty(),
                false);
    }

    /**
     * Creates a user for the directory of an account that is locked: with or without companies, and without an invitation.
     *
     * @throws Refusal if a rule forbids it, or another user has the username or email
     */
    UserModel createForDirectory(Account account, NewUser user, boolean enabled, Actor actor) {
        AccountRules rules = new AccountRules(account, users);
        rules.requireReadyFor(user.role(), actor);
        rules.requireFitting(user.role(), user.companies(), actor);
        names.claimOrRefuse(user.username(), user.email(), null);
        data.check(user);
        return flushingOnce(() -> addUninvited(account, user, enabled));
    }

    /** Without Hibernate's flush before each query: no query here depends on what was just written. */
    private <T> T flushingOnce(Supplier<T> work) {
        FlushModeType before = em.getFlushMode();
        em.setFlushMode(FlushModeType.COMMIT);
        try {
            T result = work.get();
            em.flush();
            return result;
        } finally {
            em.setFlushMode(before);
        }
    }

    /**
     * Adds a user whose data has been checked in this transaction.
     *
     * @param hash the hash of the user's password, if it has been hashed before
     */
    UserModel add(Account account, NewUser user, Optional<PasswordCredentialModel> hash, Actor actor) {
        UserModel created = addUninvited(account, user, true);
        user.password()
                .ifPresentOrElse(
                        password -> hash.ifPresentOrElse(
                                hashed -> passwords.set(created, password, hashed),
                                () -> passwords.set(created, password)),
                        () -> emails.inviteNew(created, actor.userId()));
        return created;
    }

    private UserModel addUninvited(Account account, NewUser user, boolean enabled) {
        UserModel created = data.createChecked(user);
        created.setEnabled(enabled);
        accounts.join(account, created);
        created.grantRole(user.role().require(realm));
        if (user.role().listsCompanies()) {
            created.setAttribute(Company.USER_ATTRIBUTE, user.companies());
        }
        return created;
    }
}
