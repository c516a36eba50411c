package com.wisesync.keycloak.twofactor;

import com.wisesync.keycloak.OptIn;
import jakarta.ws.rs.core.Response;
import java.util.function.Function;
import org.keycloak.OAuthErrorException;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.TokenManager.AccessTokenResponseBuilder;
import org.keycloak.protocol.oidc.grants.device.DeviceGrantType;
import org.keycloak.services.CorsErrorResponseException;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.managers.BruteForceProtector;

/**
 * Keycloak's device grant, which here also refuses users who are locked out. Keycloak 26.7.4 only checks that the user is
 * enabled (DeviceGrantType); minutes may pass between the login and the device's next poll.
 */
final class DeviceGrant extends DeviceGrantType {

    @Override
    protected Response createTokenResponse(
            UserModel user,
            UserSessionModel userSession,
            ClientSessionContext clientSession,
            String scope,
            boolean code,
            Function<AccessTokenResponseBuilder, ClientPolicyContext> policy) {
        if (OptIn.isActive(realm)) {
            String lockout = AuthenticatorUtils.getDisabledByBruteForceEventError(
                    session.getProvider(BruteForceProtector.class), session, realm, user);
            if (lockout != null) {
                event.error(lockout);
                throw new CorsErrorResponseException(
                        cors, OAuthErrorException.INVALID_GRANT, "User locked out", Response.Status.BAD_REQUEST);
            }
        }
        return super.createTokenResponse(user, userSession, clientSession, scope, code, policy);
    }
}
