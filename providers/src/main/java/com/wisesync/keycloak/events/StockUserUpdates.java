package com.wisesync.keycloak.events;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Resets {@code emailVerified} of users whose email an administrator changed through Keycloak's own API or SCIM, which both keep
 * it: nothing proves yet that the user can read the new mailbox. An administrator can confirm the address in a later call. The APIs
 * of this extension reset it themselves.
 */
final class StockUserUpdates {

    /** The paths of UserResource.updateUser (26.7.4) and of a user in Keycloak's SCIM. */
    private static final Pattern USER = Pattern.compile("(?:users|scim/v2/Users)/([^/]+)/?");

    private final KeycloakSession session;
    private final EmailChanges emails;

    StockUserUpdates(KeycloakSession session, EmailChanges emails) {
        this.session = session;
        this.emails = emails;
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
            }
        }
    }

    private void resetEmailVerified(UserModel user) {
        // A user storage provider, such as LDAP, decides itself which emails are verified.
        if (user.isEmailVerified() && !user.isFederated() && emails.isChanged(session, user)) {
            user.setEmailVerified(false);
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
