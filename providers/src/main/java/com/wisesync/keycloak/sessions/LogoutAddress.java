package com.wisesync.keycloak.sessions;

import java.net.URI;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;
import org.keycloak.protocol.oidc.utils.ClientHostUtils;
import org.keycloak.services.managers.ResourceAdminManager;
import org.keycloak.services.util.ResolveRelative;

/** The address to which an application wants its back-channel logouts. */
final class LogoutAddress {

    private LogoutAddress() {}

    static boolean isMissing(ClientModel client) {
        String url = OIDCAdvancedConfigWrapper.fromClientModel(client).getBackchannelLogoutUrl();
        return url == null || url.isBlank();
    }

    /**
     * The address for one session.
     *
     * @param host the host that the client registered for the session; only used if the address has Keycloak's placeholder for it
     * @return empty if the address is not an absolute http(s) URL, also after the client's root URL was put in front of it, or if
     *     the host is missing or not allowed for the client
     */
    static Optional<URI> find(KeycloakSession session, ClientModel client, String host) {
        if (isMissing(client)) {
            return Optional.empty();
        }
        String url = OIDCAdvancedConfigWrapper.fromClientModel(client).getBackchannelLogoutUrl();
        String root = client.getRootUrl();
        if (url.startsWith("/") && (root == null || !root.startsWith("http"))) {
            return Optional.empty();
        }
        String resolved = ResolveRelative.resolveRelativeUri("", "", root, url);
        if (resolved.contains(ResourceAdminManager.CLIENT_SESSION_HOST_PROPERTY)) {
            if (host == null || host.isBlank() || !ClientHostUtils.isHostAllowedForClient(host, client, session)) {
                return Optional.empty();
            }
            resolved = resolved.replace(ResourceAdminManager.CLIENT_SESSION_HOST_PROPERTY, host);
        }
        return parse(resolved);
    }

    private static Optional<URI> parse(String url) {
        try {
            return Optional.of(URI.create(url))
                    .filter(uri ->
                            "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))
                    .filter(uri -> uri.getHost() != null);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
