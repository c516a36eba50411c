package com.wisesync.keycloak.user;

import com.wisesync.keycloak.account.ScimLink;
import com.wisesync.keycloak.mail.Emails;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;

/**
 * Invites users of a directory when they first gain access: a directory may create them disabled or without a company, when a
 * link would only lead to a refusal.
 */
final class FirstInvitation {

    private final Emails emails;

    FirstInvitation(Emails emails) {
        this.emails = emails;
    }

    /** Invites a user who has access, no password, and was never invited. Does nothing for users of no directory. */
    void sendIfDue(UserModel user, AccountUser now, Actor actor) {
        if (now.invitation().isEmpty() && mayBeInvited(user, now)) {
            emails.inviteNew(user, actor.userId());
        }
    }

    /**
     * Also invites again, because disabling made the links of earlier invitations invalid: users of a directory if they have
     * access, others always.
     */
    void sendAfterEnabling(UserModel user, AccountUser now, Actor actor) {
        if (now.isInvited() && (ScimLink.of(user).isEmpty() || mayBeInvited(user, now))) {
            emails.invite(user, actor.userId());
        } else {
            sendIfDue(user, now, actor);
        }
    }

    /** Whether the user has a password, or has logged in without one at an identity provider. */
    static boolean hasUsedAccount(UserModel user, AccountUser now) {
        return user.credentialManager().isConfiguredFor(PasswordCredentialModel.TYPE)
                || now.lastLogin().isPresent();
    }

    private static boolean mayBeInvited(UserModel user, AccountUser now) {
        return ScimLink.of(user).isPresent()
                && hasAccess(now)
                && !user.credentialManager().isConfiguredFor(PasswordCredentialModel.TYPE);
    }

    private static boolean hasAccess(AccountUser user) {
        return user.enabled()
                && user.role()
                        .filter(role ->
                                !role.listsCompanies() || !user.companies().isEmpty())
                        .isPresent();
    }
}
