package com.wisesync.keycloak.events;

import com.wisesync.keycloak.mail.Emails;
import com.wisesync.keycloak.mail.Notice;
import com.wisesync.keycloak.sessions.SessionDetection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.AuthDetails;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * The effects of an update of a user through Keycloak's own API or SCIM. The admin event has neither old values nor credentials
 * (StripSecretsUtils.stripUser, 26.7.4), so changes are detected in the persistence layer.
 *
 * <ul>
 *   <li>A changed email is not verified, because nothing proves yet that the user can read the new mailbox. Keycloak keeps the
 *       flag. An administrator can confirm the address in a later call.
 *   <li>An open invitation is sent to a changed email. The old address was never the user's and gets no notice.
 *   <li>A new password is notified and ends a lockout, as one that is set by itself: see {@link StockCredentialEdits}.
 *   <li>A new second factor is notified. Keycloak's API adds it to the others and removes none.
 * </ul>
 *
 * <p>The APIs of this extension do all of it themselves, and add no second factors.
 */
final class StockUserUpdates {

    /** The paths of UserResource.updateUser (26.7.4) and of a user in Keycloak's SCIM. */
    private static final Pattern USER = Pattern.compile("(?:users|scim/v2/Users)/([^/]+)/?");

    private final KeycloakSession session;
    private final EmailChanges emails;
    private final SessionDetection sessions;
    private final NewSecondFactors secondFactors;

    StockUserUpdates(
            KeycloakSession session, EmailChanges emails, SessionDetection sessions, NewSecondFactors secondFactors) {
        this.session = session;
        this.emails = emails;
        this.sessions = sessions;
        this.secondFactors = secondFactors;
    }

    /** Called in the transaction of the update, after all of the request was applied to the user. */
    void onEvent(AdminEvent event) {
        if (event.getOperationType() != OperationType.UPDATE || event.getResourcePath() == null) {
            return;
        }
        Matcher path = USER.matcher(event.getResourcePath());
        if (path.matches() && isStock(event.getResourcePath())) {
            // Changes are detected in a flush.
            session.getProvider(JpaConnectionProvider.class).getEntityManager().flush();
            UserModel user = session.users().getUserById(realm(), path.group(1));
            if (user != null && user.getServiceAccountClientLink() == null) {
                resetEmailVerified(user);
                inviteAgain(user, event);
                if (sessions.hasNewPassword(session, user.getId())) {
                    new StockCredentialEdits(session).passwordSet(user);
                }
                if (secondFactors.isAdded(session, user)) {
                    new Emails(session).notifyUser(user, Notice.TWO_FACTOR_ADDED);
                }
            }
        }
    }

    private void resetEmailVerified(UserModel user) {
        // A user storage provider, such as LDAP, decides itself which emails are verified.
        if (user.isEmailVerified() && !user.isFederated() && emails.isChanged(session, user)) {
            user.setEmailVerified(false);
        }
    }

    /** A disabled user is invited again when enabled. */
    private void inviteAgain(UserModel user, AdminEvent event) {
        if (user.isEnabled() && emails.isChanged(session, user)) {
            AuthDetails admin = event.getAuthDetails();
            new Emails(session).inviteAgainIfOpen(user, admin == null ? null : admin.getUserId());
        }
    }

    /** The APIs of this extension publish events with the same resource path, but have other URLs. */
    private boolean isStock(String resourcePath) {
        String end = "/realms/" + realm().getName() + "/" + resourcePath;
        return session.getContext().getUri().getPath().endsWith(end);
    }

    private RealmModel realm() {
        return session.getContext().getRealm();
    }
}
