package com.wisesync.keycloak.user;

import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.ScimLink;
import com.wisesync.keycloak.mail.Emails;
import com.wisesync.keycloak.mail.Notice;
import com.wisesync.keycloak.twofactor.Lockout;
import jakarta.persistence.EntityManager;
import java.util.Optional;
import org.keycloak.models.UserModel;

/** Disables and enables users. */
public final class UserStatus {

    private final EntityManager em;
    private final LockedUsers locked;
    private final AccountUsers users;
    private final Lockout lockout;
    private final Emails emails;
    private final FirstInvitation invitation;

    UserStatus(
            EntityManager em,
            LockedUsers locked,
            AccountUsers users,
            Lockout lockout,
            Emails emails,
            FirstInvitation invitation) {
        this.em = em;
        this.locked = locked;
        this.users = users;
        this.lockout = lockout;
        this.emails = emails;
        this.invitation = invitation;
    }

    /**
     * Disables a user and notifies them; their sessions end with the commit, as on every path. A user who is already disabled
     * stays as they are, but the directory may not enable them again once someone else has disabled them too.
     *
     * @return empty if nothing was changed
     * @throws Refusal if the user is the actor or the last account-admin
     */
    public Optional<UserChange> disable(Account account, String userId, Actor actor) {
        Account current = locked.lock(account);
        UserModel user = locked.lockedModel(userId);
        AccountUser before = locked.readCommitted(current, userId);
        if (!actor.isDirectory() && actor.userId().equals(userId)) {
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "wiseSyncNotYourself");
        }
        if (!before.enabled()) {
            if (actor.isDirectory() || !ScimLink.directoryMayEnable(user)) {
                return Optional.empty();
            }
            ScimLink.withdrawRightToEnable(user);
            em.flush();
            return Optional.of(new UserChange(before, before));
        }
        new AccountRules(current, users).requireNotLastAdmin(before, "wiseSyncLastAdminStaysEnabled");
        user.setEnabled(false);
        ScimLink.touch(user);
        emails.notifyUser(user, Notice.DISABLED);
        em.flush();
        return Optional.of(new UserChange(before, locked.readCommitted(current, userId)));
    }

    /**
     * Enables a user, who then has to log in. Does nothing if the user is already enabled. The directory may not enable again a
     * user who is disabled later by someone else.
     *
     * @return empty if nothing was changed
     */
    public Optional<UserChange> enable(Account account, String userId, Actor actor) {
        Account current = locked.lock(account);
        UserModel user = locked.lockedModel(userId);
        AccountUser before = locked.readCommitted(current, userId);
        if (before.enabled()) {
            return Optional.empty();
        }
        lockout.endPermanent(user);
        user.setEnabled(true);
        ScimLink.withdrawRightToEnable(user);
        em.flush();
        invitation.sendAfterEnabling(user, locked.readCommitted(current, userId), actor);
        return Optional.of(new UserChange(before, locked.readCommitted(current, userId)));
    }
}
