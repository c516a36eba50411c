package com.wisesync.keycloak.user;

import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.access.AccessRules;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.Accounts;
import com.wisesync.keycloak.mail.Emails;
import com.wisesync.keycloak.user.AccountUser.Invitation;
import jakarta.persistence.EntityManager;
import jakarta.persistence.FlushModeType;
import java.util.Optional;
import java.util.function.Supplier;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Makes somebody new a user of an account. */
public final class UserCreation {

    private final RealmModel realm;
    private final EntityManager em;
    private final Accounts accounts;
    private final AccountUsers users;
    private final Names names;
    private final UserData person;
    private final Passwords passwords;
    private final Emails emails;

    public UserCreation(KeycloakSession session) {
        this.realm = session.getContext().getRealm();
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.accounts = new Accounts(session);
        this.users = new AccountUsers(session);
        this.names = new Names(session);
        this.person = new UserData(session);
        this.passwords = new Passwords(session);
        this.emails = new Emails(session);
    }

    /** The user, their account, role, companies, password or invitation: all of it or nothing. */
    public AccountUser create(Account of, NewUser user, Actor actor) {
        Account account = accounts.lockForUserChange(of).orElseThrow(Refusal::notFound);
        AccountRules rules = new AccountRules(account, users);
        rules.requireReadyFor(user.role(), actor);
        rules.requireFitting(user.role(), user.companies());
        user.password().ifPresent(password -> passwords.check(password, user.username(), user.email()));
        names.take(user.username(), user.email(), null);
        person.check(user);
        UserModel created = flushingOnce(() -> add(account, user));
        return new AccountUser(
                created.getId(),
                created.getUsername(),
                created.getEmail(),
                created.getFirstName(),
                created.getLastName(),
                Optional.of(user.role()),
                user.companies().stream().sorted().toList(),
                true,
                false,
                user.password().isPresent() ? Optional.empty() : Optional.of(Invitation.WAITING));
    }

    /** And not before each query, as Hibernate does: nothing that happens here asks for what it has just written. */
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

    /** Somebody of whom everything has been checked. */
    UserModel add(Account account, NewUser user) {
        UserModel created = person.createChecked(user);
        created.setEnabled(true);
        accounts.join(account, created);
        created.grantRole(user.role().setUpIn(realm));
        if (user.role().listsCompanies()) {
            created.setAttribute(AccessRules.COMPANIES, user.companies());
        }
        user.password().ifPresentOrElse(password -> passwords.set(created, password), () -> emails.invite(created));
        return created;
    }
}
