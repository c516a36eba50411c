package com.wisesync.keycloak.sessions;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.wisesync.keycloak.outbox.NewEntry;
import com.wisesync.keycloak.outbox.OutboxEntry;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriBuilderException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.broker.oidc.OIDCIdentityProviderConfig;
import org.keycloak.events.Details;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.util.JsonSerialization;

/**
 * The outbox row of type {@value #TYPE}: a session at an OpenID Connect identity provider that ends with the session it created
 * here. Keycloak sends the same request when a user logs out (OIDCIdentityProvider#backchannelLogout, 26.7.4), but within the
 * transaction. Identity providers of other protocols are not notified.
 *
 * @param provider the alias of the identity provider
 * @param session the id of the session here
 * @param idToken the ID token that the provider issued at the login. It may have expired: providers should accept it (OpenID
 *     Connect RP-Initiated Logout 1.0, section 2)
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record ProviderLogout(String provider, String session, String idToken) {

    static final String TYPE = "provider-logout";

    /**
     * The row for a session; empty if no identity provider created it, or if the provider is not configured for back-channel
     * logouts.
     *
     * @param cause the id of what ends the session: the same cause gives the same row id
     */
    static Optional<NewEntry> entry(
            KeycloakSession session, RealmModel realm, String cause, UserSessionModel userSession) {
        String alias = userSession.getNote(Details.IDENTITY_PROVIDER);
        String idToken = userSession.getNote(OIDCIdentityProvider.FEDERATED_ID_TOKEN);
        if (userSession.isOffline()
                || idToken == null
                || findConfig(session, alias).isEmpty()) {
            return Optional.empty();
        }
        String key = cause + "/" + userSession.getId() + "/" + alias;
        return Optional.of(new NewEntry(
                ApplicationLogout.KIND,
                realm.getId(),
                ApplicationLogouts.lane(alias, userSession.getId()),
                UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString(),
                TYPE,
                new ProviderLogout(alias, userSession.getId(), idToken).json()));
    }

    static ProviderLogout of(OutboxEntry entry) {
        try {
            return JsonSerialization.readValue(entry.payload(), ProviderLogout.class);
        } catch (IOException e) {
            throw new UncheckedIOException("Unreadable payload of outbox row " + entry.id(), e);
        }
    }

    /** Where the session ends; empty if the provider was removed or is no longer configured for back-channel logouts. */
    Optional<URI> address(KeycloakSession keycloakSession) {
        return findConfig(keycloakSession, provider).flatMap(config -> {
            try {
                return Optional.of(UriBuilder.fromUri(config.getLogoutUrl())
                        .queryParam("state", session)
                        .queryParam("id_token_hint", idToken)
                        .build());
            } catch (IllegalArgumentException | UriBuilderException e) {
                return Optional.empty();
            }
        });
    }

    private static Optional<OIDCIdentityProviderConfig> findConfig(KeycloakSession session, String alias) {
        IdentityProviderModel model =
                alias == null ? null : session.identityProviders().getByAlias(alias);
        return Optional.ofNullable(model)
                .map(OIDCIdentityProviderConfig::new)
                .filter(config -> config.isBackchannelSupported()
                        && config.getLogoutUrl() != null
                        && !config.getLogoutUrl().isBlank());
    }

    private String json() {
        try {
            return JsonSerialization.writeValueAsString(this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
