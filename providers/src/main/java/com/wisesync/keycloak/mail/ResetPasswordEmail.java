package com.wisesync.keycloak.mail;

import com.wisesync.keycloak.OptIn;
import com.wisesync.keycloak.Versioned;
import java.util.Objects;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.browser.AbstractUsernameFormAuthenticator;
import org.keycloak.authentication.authenticators.resetcred.ResetCredentialEmail;
import org.keycloak.events.Details;
import org.keycloak.events.EventType;
import org.keycloak.models.DefaultActionTokenKey;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.services.messages.Messages;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Replaces Keycloak's "Send Reset Email" (same id, higher order). It queues the request instead of sending an email: the answer is
 * the same, after the same work, whether or not the user exists, is enabled or has requested too many links.
 */
public final class ResetPasswordEmail extends ResetCredentialEmail implements Versioned {

    @Override
    public int order() {
        return 1;
    }

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        AuthenticationSessionModel login = context.getAuthenticationSession();
        String linkUser = login.getAuthNote(DefaultActionTokenKey.ACTION_TOKEN_USER_ID);
        UserModel user = context.getUser();
        boolean afterLink = user != null && Objects.equals(user.getId(), linkUser);
        String entered = login.getAuthNote(AbstractUsernameFormAuthenticator.ATTEMPTED_USERNAME);
        if (!OptIn.isActive(context.getRealm()) || afterLink || (entered == null && user == null)) {
            super.authenticate(context);
            return;
        }
        String requested = user == null ? entered : user.getUsername();
        new Emails(context.getSession())
                .requestPasswordLink(requested.strip(), context.getConnection().getRemoteAddr());
        if (user != null) {
            context.getEvent()
                    .clone()
                    .event(EventType.SEND_RESET_PASSWORD)
                    .user(user)
                    .detail(Details.USERNAME, user.getUsername())
                    .success();
        }
        context.forkWithSuccessMessage(new FormMessage(Messages.EMAIL_SENT));
    }
}
