package com.wisesync.keycloak.access;

import com.wisesync.keycloak.OptIn;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.OAuthErrorException;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.tokenexchange.StandardTokenExchangeProvider;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.CorsErrorResponseException;

/**
 * Keycloak's standard token exchange, refused with {@code invalid_grant} to users who may not enter the requesting client. A
 * client policy cannot do that: its only event is fired before the subject token is verified (TokenExchangeGrantType, 26.7.4).
 */
final class AccessTokenExchange extends StandardTokenExchangeProvider {

    @Override
    protected Response exchangeClientToClient(
            UserModel targetUser,
            UserSessionModel targetUserSession,
            AccessToken token,
            boolean disallowOnHolderOfTokenMismatch) {
        if (OptIn.isActive(realm)) {
            Optional<Obstacle> obstacle = new ApplicationAccess(session).findObstacle(targetUser, client);
            if (obstacle.isPresent()) {
                event.detail(Details.REASON, obstacle.get().key());
                event.error(Errors.ACCESS_DENIED);
                throw new CorsErrorResponseException(
                        cors, OAuthErrorException.INVALID_GRANT, "The user has no access", Response.Status.BAD_REQUEST);
            }
        }
        return super.exchangeClientToClient(targetUser, targetUserSession, token, disallowOnHolderOfTokenMismatch);
    }
}
