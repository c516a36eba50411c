package com.wisesync.keycloak.access;

import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Reports that the user may not enter the application before the login asks for a second factor. {@link
 * ApplicationAccessAction} enforces the rule in every flow; this step only spares users a code that is of no use to them.
 */
final class ApplicationAccessStep implements Authenticator {

    private final ApplicationAccess access;

    ApplicationAccessStep(ApplicationAccess access) {
        this.access = access;
    }

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        ClientModel client = context.getAuthenticationSession().getClient();
        Optional<Obstacle> obstacle = access.findObstacle(context.getUser(), client);
        if (obstacle.isPresent()) {
            Response page = new RefusalPage(context.getSession(), access)
                    .refuse(context.form(), context.getEvent(), client, context.getUser(), obstacle.get());
            context.forceChallenge(page);
        } else {
            context.success();
        }
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        authenticate(context);
    }

    @Override
    public boolean requiresUser() {
        return true;
    }

    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return true;
    }

    @Override
    public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {
        // Nothing to set up.
    }

    @Override
    public void close() {
        // Nothing to close.
    }
}
