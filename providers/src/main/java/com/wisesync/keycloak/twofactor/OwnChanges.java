package com.wisesync.keycloak.twofactor;

import com.wisesync.keycloak.user.Mails;
import com.wisesync.keycloak.user.Notice;
import java.util.Map;
import java.util.Optional;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;

/**
 * Tells people what was changed about how they log in, when it was done in their own name: in the account console, in a login,
 * or by a link in a mail. What an administrator does is told by who does it.
 */
public final class OwnChanges {

    private final KeycloakSession session;

    public OwnChanges(KeycloakSession session) {
        this.session = session;
    }

    /** In the transaction of the change, which the mail's outbox row commits with. */
    public void heard(Event event) {
        notice(event).ifPresent(notice -> tell(event, notice));
    }

    private void tell(Event event, Notice notice) {
        UserModel user = session.users().getUserById(session.getContext().getRealm(), event.getUserId());
        if (user == null) {
            return;
        }
        Mails mails = new Mails(session);
        String before = details(event).get(Details.PREVIOUS_EMAIL);
        if (notice == Notice.EMAIL_CHANGED && before != null && !before.equals(user.getEmail())) {
            mails.tell(user, notice, before);
        }
        mails.tell(user, notice);
    }

    private static Optional<Notice> notice(Event event) {
        String credential = details(event).getOrDefault(Details.CREDENTIAL_TYPE, "");
        return switch (event.getType()) {
            case UPDATE_EMAIL -> Optional.of(Notice.EMAIL_CHANGED);
            case UPDATE_CREDENTIAL ->
                PasswordCredentialModel.TYPE.equals(credential)
                        ? Optional.of(Notice.PASSWORD_CHANGED)
                        : Optional.of(Notice.TWO_FACTOR_ADDED).filter(added -> Devices.TYPES.contains(credential));
            case REMOVE_CREDENTIAL ->
                Optional.of(Notice.TWO_FACTOR_REMOVED).filter(removed -> Devices.TYPES.contains(credential));
            default -> Optional.empty();
        };
    }

    private static Map<String, String> details(Event event) {
        return event.getDetails() == null ? Map.of() : event.getDetails();
    }
}
