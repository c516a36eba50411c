package com.wisesync.keycloak.events;

import com.wisesync.keycloak.mail.Emails;
import com.wisesync.keycloak.mail.Notice;
import com.wisesync.keycloak.twofactor.Lockout;
import com.wisesync.keycloak.twofactor.SecondFactors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.events.Details;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * Notifies users whose password an administrator set, or whose second factor an administrator removed, through Keycloak's own API;
 * a new password also ends a lockout that wrong passwords caused. {@link StockUserUpdates} calls it for a password that is part of
 * an update of the user. The admin API of this extension does both itself.
 */
final class StockCredentialEdits {

    /** The paths of UserResource.resetPassword and removeCredential (26.7.4). */
    private static final Pattern PASSWORD = Pattern.compile("users/([^/]+)/reset-password");

    private static final Pattern CREDENTIAL = Pattern.compile("users/([^/]+)/credentials/[^/]+");

    private final KeycloakSession session;

    StockCredentialEdits(KeycloakSession session) {
        this.session = session;
    }

    /** Called in the transaction of the change; the email's outbox row commits with it. */
    void onEvent(AdminEvent event) {
        if (event.getOperationType() != OperationType.ACTION || event.getResourcePath() == null) {
            return;
        }
        Matcher password = PASSWORD.matcher(event.getResourcePath());
        Matcher credential = CREDENTIAL.matcher(event.getResourcePath());
        if (password.matches() && isStock()) {
            passwordSet(find(password.group(1)));
        } else if (credential.matches() && isSecondFactor(event)) {
            notifyUser(find(credential.group(1)), Notice.TWO_FACTOR_REMOVED);
        }
    }

    /** The admin API of this extension publishes an event with the same path when it emails a link. */
    private boolean isStock() {
        return !session.getContext().getUri().getPath().contains("/wise-sync/accounts/");
    }

    private static boolean isSecondFactor(AdminEvent event) {
        return event.getDetails() != null
                && SecondFactors.TYPES.contains(event.getDetails().getOrDefault(Details.CREDENTIAL_TYPE, ""));
    }

    private UserModel find(String userId) {
        return session.users().getUserById(session.getContext().getRealm(), userId);
    }

    /** An administrator set the password of a user, who may be null. */
    void passwordSet(UserModel user) {
        if (user != null) {
            new Lockout(session).endAfterNewPassword(user);
        }
        notifyUser(user, Notice.PASSWORD_CHANGED);
    }

    private void notifyUser(UserModel user, Notice notice) {
        if (user != null) {
            new Emails(session).notifyUser(user, notice);
        }
    }
}
