package com.wisesync.keycloak.events;

import com.wisesync.keycloak.sessions.Sessions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;

/**
 * Ends the sessions of applications that users may not enter any more after an administrator edited a user or an account through
 * Keycloak's own API or SCIM: assigned companies and the companies of an account are attributes, and changes of attributes are
 * published by admin events only.
 */
final class StockEdits {

    private static final Pattern USER = Pattern.compile("(?:users|scim/v2/Users)/([^/]+)");
    private static final Pattern ACCOUNT = Pattern.compile("organizations/([^/]+)");

    private final KeycloakSession session;

    StockEdits(KeycloakSession session) {
        this.session = session;
    }

    void onEvent(AdminEvent event) {
        if (event.getOperationType() != OperationType.UPDATE || event.getResourcePath() == null) {
            return;
        }
        Matcher user = USER.matcher(event.getResourcePath());
        Matcher account = ACCOUNT.matcher(event.getResourcePath());
        if (user.matches()) {
            new Sessions(session).check(user.group(1));
        } else if (account.matches() && isStock()) {
            new Sessions(session).checkMembers(account.group(1));
        }
    }

    /** The admin API of this extension publishes an event of its own for each user who loses a company. */
    private boolean isStock() {
        return session.getContext().getUri().getPath().contains("/organizations/");
    }
}
