package com.wisesync.keycloak.user;

import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.mail.Emails;
import com.wisesync.keycloak.mail.Invitation;
import com.wisesync.keycloak.mail.Invitation.State;
import jakarta.persistence.EntityManager;
import org.keycloak.models.UserModel;

/** Sends invitations again and revokes them. Either way every link of an earlier invitation stops working. */
public final class InvitationChanges {

    private final EntityManager em;
    private final LockedUsers locked;
    private final Emails emails;

    InvitationChanges(EntityManager em, LockedUsers locked, Emails emails) {
        this.em = em;
        this.locked = locked;
        this.emails = emails;
    }

    /**
     * Sends the invitation again, also after it was revoked.
     *
     * @throws Refusal if the user is disabled, or has a password or logged in and so needs no invitation
     */
    public void send(Account account, String userId, Actor actor) {
        Account current = locked.lock(account);
        UserModel user = locked.lockedModel(userId);
        AccountUser now = requireInvited(current, userId);
        if (!now.enabled()) {
            throw Refusal.conflict(null, "wiseSyncUserIsDisabled", now.displayName());
        }
        emails.invite(user, actor.userId());
        em.flush();
    }

    /**
     * Revokes the invitation; does nothing if it is revoked already.
     *
     * @throws Refusal if the user has a password or has logged in
     */
    public void revoke(Account account, String userId, Actor actor) {
        Account current = locked.lock(account);
        UserModel user = locked.lockedModel(userId);
        Invitation invitation = requireInvited(current, userId).invitation().orElseThrow();
        if (invitation.state() != State.REVOKED) {
            emails.revokeInvitation(user, actor.userId());
            em.flush();
        }
    }

    private AccountUser requireInvited(Account account, String userId) {
        AccountUser user = locked.readCommitted(account, userId);
        if (user.invitation().isEmpty()) {
            throw Refusal.conflict(null, "wiseSyncNotInvited", user.displayName());
        }
        return user;
    }
}
