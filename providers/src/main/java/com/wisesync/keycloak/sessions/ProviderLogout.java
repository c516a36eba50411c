package com.wisesync.keycloak.sessions;

import com.wisesync.keycloak.outbox.NewEntry;
import com.wisesync.keycloak.outbox.OutboxEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.broker.oidc.OIDCIdentityProviderConfig;
import org.keycloak.events.Details;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.resources.IdentityBrokerService;
import org.keycloak.util.JsonSerialization;

/**
 * The outbox row of kind {@value #KIND}: one ended session that a user had entered through an identity provider, where they are
 * logged out too. For OpenID Connect providers with a logout URL and "Backchannel logout" switched on.
 *
 * @param provider the alias of the identity provider
 * @param session the id of the ended session
 * @param idToken the provider's ID token of the session, which tells the provider what to end
 */
record ProviderLogout(String provider, String session, String idToken) {

    static final String KIND = "provider-logout";

    /** Rows of one lane are sent one after the other, see {@link ApplicationLogouts}. */
    private static final int LANES_PER_PROVIDER = 4;

    /**
     * The row for an ended session; empty if it has no identity provider that can be notified.
     *
     * @param session with the realm in its context
     * @param cause the id of what ends the session: the same cause gives the same row id
     */
    static Optional<NewEntry> entry(KeycloakSession session, String cause, UserSessionModel userSession) {
        String alias = userSession.getNote(Details.IDENTITY_PROVIDER);
        String idToken = userSession.getNote(OIDCIdentityProvider.FEDERATED_ID_TOKEN);
        if (userSession.isOffline() || idToken == null || config(session, alias).isEmpty()) {
            return Optional.empty();
        }
        String key = cause + "/" + userSession.getId() + "/" + alias;
        return Optional.of(new NewEntry(
                KIND,
                userSession.getRealm().getId(),
                alias + "/" + Math.floorMod(userSession.getId().hashCode(), LANES_PER_PROVIDER),
                UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString(),
                "logout",
                new ProviderLogout(alias, userSession.getId(), idToken).json()));
    }

    /** The settings of a provider that accepts such logouts. */
    static Optional<OIDCIdentityProviderConfig> config(KeycloakSession session, String alias) {
        IdentityProviderModel model =
                alias == null ? null : session.identityProviders().getByAlias(alias);
        if (model == null || !model.isEnabled()) {
            return Optional.empty();
        }
        return Optional.of(IdentityBrokerService.getIdentityProvider(session, alias))
                .filter(OIDCIdentityProvider.class::isInstance)
                .map(provider -> ((OIDCIdentityProvider) provider).getConfig())
                .filter(OIDCIdentityProviderConfig::isBackchannelSupported)
                .filter(config ->
                        config.getLogoutUrl() != null && !config.getLogoutUrl().isBlank());
    }

    static ProviderLogout of(OutboxEntry entry) {
        try {
            return JsonSerialization.readValue(entry.payload(), ProviderLogout.class);
        } catch (IOException e) {
            throw new UncheckedIOException("Unreadable payload of outbox row " + entry.id(), e);
        }
    }

    private String json() {
        try {
            return JsonSerialization.writeValueAsString(this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
