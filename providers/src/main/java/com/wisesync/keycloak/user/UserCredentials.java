package com.wisesync.keycloak.user;

import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.Psa;
import com.wisesync.keycloak.mail.Emails;
import com.wisesync.keycloak.mail.Notice;
import com.wisesync.keycloak.sessions.Sessions;
import com.wisesync.keycloak.twofactor.Lockout;
import com.wisesync.keycloak.twofactor.SecondFactors;
import jakarta.persistence.EntityManager;
import org.keycloak.models.UserModel;

/** Changes the credentials of a user on behalf of an administrator. */
public final class UserCredentials {

    private final EntityManager em;
    private final LockedUsers locked;
    private final Passwords passwords;
    private final Lockout lockout;
    private final Sessions sessions;
    private final Emails emails;

    UserCredentials(
            EntityManager em,
            LockedUsers locked,
            Passwords passwords,
            Lockout lockout,
            Sessions sessions,
            Emails emails) {
        this.em = em;
        this.locked = locked;
        this.passwords = passwords;
        this.lockout = lockout;
        this.sessions = sessions;
        this.emails = emails;
    }

    /**
     * Sets a password, notifies the user, ends their sessions and a lockout that wrong passwords caused.
     *
     * @throws Refusal if the account does not run Autotask or the password is not acceptable
     */
    public AccountUser setPassword(Account account, String userId, String password, Actor actor) {
        Account current = locked.lock(account);
        UserModel user = locked.lockedModel(userId);
        AccountUser before = locked.readCommitted(current, userId);
        if (current.psa().filter(Psa.AUTOTASK::equals).isEmpty()) {
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "wiseSyncPasswordOnlyAutotask", current.name());
        }
        passwords.set(user, password);
        lockout.endAfterNewPassword(user);
        notifyUser(user, Notice.PASSWORD_CHANGED, actor);
        return before;
    }

    /**
     * Removes every enrolled second factor; the next login asks for an emailed code. The user is notified and logged out,
     * unless there was none to remove.
     */
    public UserChange removeTwoFactor(Account account, String userId, Actor actor) {
        Account current = locked.lock(account);
        UserModel user = locked.lockedModel(userId);
        AccountUser before = locked.readCommitted(current, userId);
        if (!new SecondFactors(user).removeAll().isEmpty()) {
            notifyUser(user, Notice.TWO_FACTOR_REMOVED, actor);
        }
        return new UserChange(before, locked.readCommitted(current, userId));
    }

    /**
     * Emails the user a link to choose a new password, or the invitation again if it was not accepted yet, also after it was
     * revoked.
     *
     * @throws Refusal if the user is disabled
     */
    public AccountUser resetPassword(Account account, String userId, Actor actor) {
        Account current = locked.lock(account);
        UserModel user = locked.lockedModel(userId);
        AccountUser now = locked.readCommitted(current, userId);
        if (!now.enabled()) {
            throw Refusal.conflict(null, "wiseSyncUserIsDisabled", now.displayName());
        }
        if (now.invitation().isPresent()) {
            emails.invite(user, actor.userId());
        } else {
            emails.resetPassword(user, actor.userId());
        }
        em.flush();
        return now;
    }

    /**
     * Locks the account, for a package that changes its own data about the user and then calls {@link #notifyUser}.
     *
     * @return the user's model, refreshed from the database
     * @throws Refusal if the user no longer exists
     */
    public UserModel lock(Account account, String userId) {
        locked.lock(account);
        return locked.lockedModel(userId);
    }

    /** Notifies the user by email and, if another user made the change, ends the user's sessions. */
    public void notifyUser(UserModel user, Notice notice, Actor actor) {
        emails.notifyUser(user, notice);
        em.flush();
        if (!actor.userId().equals(user.getId())) {
            sessions.end(user);
        }
    }
}
