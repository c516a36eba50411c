package com.wisesync.keycloak.access;

import java.util.Optional;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.ClientModel;

/**
 * Stops a login to an application that the user may not enter, with a page that gives the reason and offers to log in as someone
 * else.
 *
 * <p>A required action, because Keycloak evaluates every enabled one at the end of every login (26.7:
 * AuthenticationManager.nextRequiredAction): with a password, an existing session, an identity provider or an emailed link.
 * Conditions in the browser flow are not evaluated after a brokered login. The action cannot be completed, and until it is
 * completed there is no code and no token. A session started by another application continues.
 */
final class ApplicationAccessAction implements RequiredActionProvider {

    private final ApplicationAccess access;

    ApplicationAccessAction(ApplicationAccess access) {
        this.access = access;
    }

    @Override
    public void evaluateTriggers(RequiredActionContext context) {
        if (findObstacle(context).isPresent()) {
            context.getAuthenticationSession().addRequiredAction(ApplicationAccessActionFactory.ID);
        } else {
            context.getAuthenticationSession().removeRequiredAction(ApplicationAccessActionFactory.ID);
        }
    }

    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        findObstacle(context).ifPresentOrElse(obstacle -> refuse(context, obstacle), context::success);
    }

    @Override
    public void processAction(RequiredActionContext context) {
        requiredActionChallenge(context);
    }

    private void refuse(RequiredActionContext context, Obstacle obstacle) {
        ClientModel client = context.getAuthenticationSession().getClient();
        context.challenge(new RefusalPage(context.getSession(), access)
                .refuse(context.form(), context.getEvent(), client, context.getUser(), obstacle));
    }

    private Optional<Obstacle> findObstacle(RequiredActionContext context) {
        return access.findObstacle(
                context.getUser(), context.getAuthenticationSession().getClient());
    }

    @Override
    public void close() {
        // Nothing to close.
    }
}
