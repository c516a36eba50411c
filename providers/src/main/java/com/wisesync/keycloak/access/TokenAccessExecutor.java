package com.wisesync.keycloak.access;

import com.wisesync.keycloak.OptIn;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.grants.ciba.clientpolicy.context.BackchannelTokenResponseContext;
import org.keycloak.protocol.oidc.grants.device.clientpolicy.context.DeviceTokenResponseContext;
import org.keycloak.representations.idm.ClientPolicyExecutorConfigurationRepresentation;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.clientpolicy.context.ClientPolicyClientSessionContext;
import org.keycloak.services.clientpolicy.context.ResourceOwnerPasswordCredentialsResponseContext;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProvider;

/**
 * Refuses tokens and userinfo to users who may not enter the client any more: {@code invalid_grant} (400) at the token endpoint,
 * {@code invalid_token} (401) at userinfo.
 *
 * <p>Acts on the {@code *_RESPONSE} events, in which Keycloak has verified user, session and client (26.7.4: OAuth2GrantTypeBase,
 * RefreshTokenGrantType). The claims were built before, so that the decision of this request is reused and costs no statement.
 * The JWT authorization grant and token exchange have no such event: the first is disabled in the realm, the second is
 * {@link AccessTokenExchange}.
 */
final class TokenAccessExecutor
        implements ClientPolicyExecutorProvider<ClientPolicyExecutorConfigurationRepresentation> {

    private static final Logger LOG = Logger.getLogger(TokenAccessExecutor.class);

    private final KeycloakSession session;

    TokenAccessExecutor(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public String getProviderId() {
        return TokenAccessExecutorFactory.ID;
    }

    @Override
    public void executeOnEvent(ClientPolicyContext context) throws ClientPolicyException {
        switch (context.getEvent()) {
            case TOKEN_RESPONSE, TOKEN_REFRESH_RESPONSE ->
                requireAccess(((ClientPolicyClientSessionContext) context).getClientSession(), refusedGrant());
            case DEVICE_TOKEN_RESPONSE ->
                requireAccess(((DeviceTokenResponseContext) context).getClientSession(), refusedGrant());
            case BACKCHANNEL_TOKEN_RESPONSE ->
                requireAccess(
                        ((BackchannelTokenResponseContext) context)
                                .getClientSessionContext()
                                .getClientSession(),
                        refusedGrant());
            case RESOURCE_OWNER_PASSWORD_CREDENTIALS_RESPONSE ->
                requireAccess(
                        ((ResourceOwnerPasswordCredentialsResponseContext) context)
                                .getClientSessionContext()
                                .getClientSession(),
                        refusedGrant());
            case USERINFO_REQUEST ->
                requireAccess(((ClientPolicyClientSessionContext) context).getClientSession(), refusedToken());
            default -> {
                // Nothing is issued or shown.
            }
        }
    }

    private void requireAccess(AuthenticatedClientSessionModel clientSession, ClientPolicyException refusal)
            throws ClientPolicyException {
        UserModel user = clientSession.getUserSession().getUser();
        if (!OptIn.isActive(clientSession.getRealm()) || user == null) {
            return;
        }
        Optional<Obstacle> obstacle =
                new ApplicationAccess(session).findCachedObstacle(user, clientSession.getClient());
        if (obstacle.isPresent()) {
            LOG.debugf(
                    "Refused client '%s' to user '%s': %s",
                    clientSession.getClient().getClientId(),
                    user.getId(),
                    obstacle.get().key());
            throw refusal;
        }
    }

    private static ClientPolicyException refusedGrant() {
        return new ClientPolicyException(OAuthErrorException.INVALID_GRANT, "The user has no access");
    }

    private static ClientPolicyException refusedToken() {
        return new ClientPolicyException(
                OAuthErrorException.INVALID_TOKEN, "The user has no access", Response.Status.UNAUTHORIZED);
    }
}
