package com.wisesync.keycloak.events;

import com.wisesync.keycloak.mail.Emails;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * Records the links that administrators send through Keycloak's own API and that can set a password, so that an earlier link stops
 * working. The event does not contain which actions the link executes; each of them counts.
 */
final class StockLinks {

    /** The paths of UserResource.executeActionsEmail and resetPasswordEmail (26.7.4). */
    private static final Pattern LINK = Pattern.compile("users/([^/]+)/(?:execute-actions|reset-password)-email");

    private final KeycloakSession session;

    StockLinks(KeycloakSession session) {
        this.session = session;
    }

    /** Called in the transaction of the request, after the email was sent. */
    void onEvent(AdminEvent event) {
        if (event.getOperationType() != OperationType.ACTION || event.getResourcePath() == null) {
            return;
        }
        Matcher link = LINK.matcher(event.getResourcePath());
        if (link.matches()) {
            UserModel user = session.users().getUserById(session.getContext().getRealm(), link.group(1));
            if (user != null) {
                new Emails(session).stockLinkSent(user);
            }
        }
    }
}
