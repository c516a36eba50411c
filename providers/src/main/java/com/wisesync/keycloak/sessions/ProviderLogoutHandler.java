package com.wisesync.keycloak.sessions;

import com.wisesync.keycloak.outbox.Delivery;
import com.wisesync.keycloak.outbox.DeliveryResult;
import com.wisesync.keycloak.outbox.EntryHandler;
import com.wisesync.keycloak.outbox.OutboxEntry;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.util.Optional;
import org.keycloak.OAuth2Constants;
import org.keycloak.broker.oidc.OIDCIdentityProviderConfig;
import org.keycloak.models.KeycloakSession;

/** Logs a user out at an identity provider, with the request that Keycloak sends (OIDCIdentityProvider.backchannelLogout, 26.7). */
final class ProviderLogoutHandler implements EntryHandler {

    private final KeycloakSession session;
    private final LogoutSender sender;

    /** @param session with the realm in its context */
    ProviderLogoutHandler(KeycloakSession session, LogoutSender sender) {
        this.session = session;
        this.sender = sender;
    }

    @Override
    public Delivery prepare(OutboxEntry entry) {
        ProviderLogout logout = ProviderLogout.of(entry);
        Optional<OIDCIdentityProviderConfig> config = ProviderLogout.config(session, logout.provider());
        if (config.isEmpty()) {
            // The provider was deleted, or no longer wants logouts.
            return DeliveryResult::delivered;
        }
        URI address = address(config.get(), logout);
        return () -> sender.open(address);
    }

    private static URI address(OIDCIdentityProviderConfig config, ProviderLogout logout) {
        UriBuilder address =
                UriBuilder.fromUri(config.getLogoutUrl()).queryParam(OAuth2Constants.STATE, logout.session());
        if (config.isSendIdTokenOnLogout()) {
            address.queryParam("id_token_hint", logout.idToken());
        }
        if (config.isSendClientIdOnLogout()) {
            address.queryParam(OAuth2Constants.CLIENT_ID, config.getClientId());
        }
        return address.build();
    }
}
