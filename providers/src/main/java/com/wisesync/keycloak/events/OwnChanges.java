package com.wisesync.keycloak.events;

import com.wisesync.keycloak.mail.Emails;
import com.wisesync.keycloak.mail.Notice;
import com.wisesync.keycloak.mail.PasswordLinkHandler;
import com.wisesync.keycloak.twofactor.Lockout;
import com.wisesync.keycloak.twofactor.SecondFactors;
import java.util.Map;
import java.util.Optional;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;

/**
 * Notifies users of changes to their password, email and second factors that were made in their own name: in the account
 * console, during a login, or by an emailed link. Changes by an administrator are notified where they are made.
 */
final class OwnChanges {

    private final KeycloakSession session;

    OwnChanges(KeycloakSession session) {
        this.session = session;
    }

    /** Called in the transaction of the change; the email's outbox row commits with it. */
    void onEvent(Event event) {
        if (isNewPassword(event)) {
            endLockout(event);
        }
        if (PasswordLinkHandler.INVITATION.equals(details(event).get(PasswordLinkHandler.LINK))) {
            // The user chose the first password: nothing was changed.
            return;
        }
        notice(event).ifPresent(notice -> notifyUser(event, notice));
    }

    /** Whether the user is notified of this event, unless it belongs to an invitation. */
    static boolean isNotified(Event event) {
        return notice(event).isPresent();
    }

    private void notifyUser(Event event, Notice notice) {
        UserModel user = session.users().getUserById(session.getContext().getRealm(), event.getUserId());
        if (user == null) {
            return;
        }
        Emails emails = new Emails(session);
        String before = details(event).get(Details.PREVIOUS_EMAIL);
        if (notice == Notice.EMAIL_CHANGED && before != null && !before.equals(user.getEmail())) {
            emails.notifyUser(user, notice, before);
        }
        emails.notifyUser(user, notice);
    }

    /** By an emailed link, also one of Keycloak's own, or in a login that both factors passed. */
    private static boolean isNewPassword(Event event) {
        return event.getType() == EventType.UPDATE_CREDENTIAL
                && PasswordCredentialModel.TYPE.equals(details(event).get(Details.CREDENTIAL_TYPE));
    }

    private void endLockout(Event event) {
        UserModel user = session.users().getUserById(session.getContext().getRealm(), event.getUserId());
        if (user != null) {
            new Lockout(session).endAfterNewPassword(user);
        }
    }

    private static Optional<Notice> notice(Event event) {
        String credential = details(event).getOrDefault(Details.CREDENTIAL_TYPE, "");
        return switch (event.getType()) {
            case UPDATE_EMAIL -> Optional.of(Notice.EMAIL_CHANGED);
            case UPDATE_CREDENTIAL ->
                PasswordCredentialModel.TYPE.equals(credential)
                        ? Optional.of(Notice.PASSWORD_CHANGED)
                        : Optional.of(Notice.TWO_FACTOR_ADDED)
                                .filter(added -> SecondFactors.TYPES.contains(credential));
            case REMOVE_CREDENTIAL ->
                Optional.of(Notice.TWO_FACTOR_REMOVED).filter(removed -> SecondFactors.TYPES.contains(credential));
            default -> Optional.empty();
        };
    }

    private static Map<String, String> details(Event event) {
        return event.getDetails() == null ? Map.of() : event.getDetails();
    }
}
