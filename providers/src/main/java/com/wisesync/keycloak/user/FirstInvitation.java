package com.wisesync.keycloak.user;

import com.wisesync.keycloak.account.ScimLink;
import com.wisesync.keycloak.mail.Emails;
import com.wisesync.keycloak.mail.Invitations;
import org.keycloak.models.UserModel;

/**
 * Invites the users that a directory manages when they first gain access. A directory may create users who are disabled or have no
 * company; an invitation would be useless to them.
 */
final class FirstInvitation {

    private final Emails emails;

    FirstInvitation(Emails emails) {
        this.emails = emails;
    }

    /** Invites a user of a directory who has access, has not used the account yet and was never invited. */
    void sendIfDue(UserModel user, AccountUser now, Actor actor) {
        if (now.invitation().isEmpty() && mayBeInvited(user, now)) {
            emails.inviteNew(user, actor.userId());
        }
    }

    /**
     * Invites an invited user again, because disabling made the links of earlier invitations invalid. A user of a directory is
     * invited only with access.
     */
    void sendAfterEnabling(UserModel user, AccountUser now, Actor actor) {
        if (now.isInvited() && (ScimLink.of(user).isEmpty() || mayBeInvited(user, now))) {
            emails.invite(user, actor.userId());
        } else {
            sendIfDue(user, now, actor);
        }
    }

    private static boolean mayBeInvited(UserModel user, AccountUser now) {
        return ScimLink.of(user).isPresent() && hasAccess(now) && !Invitations.hasUsedAccount(user);
    }

    private static boolean hasAccess(AccountUser user) {
        return user.enabled()
                && user.role()
                        .filter(role ->
                                !role.listsCompanies() || !user.companies().isEmpty())
                        .isPresent();
    }
}
