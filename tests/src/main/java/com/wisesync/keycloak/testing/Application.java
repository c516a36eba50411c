package com.wisesync.keycloak.testing;

import java.util.Map;
import java.util.Optional;

/**
 * An application to log in to.
 *
 * @param secret empty for a public client
 * @param redirect where a login ends; a path is relative to the server
 */
public record Application(String clientId, Optional<String> secret, String redirect) {

    /** The console: the only application whose tokens our admin API accepts. */
    public static final Application CONSOLE =
            new Application("security-admin-console", Optional.empty(), "/admin/wise-sync/console/");

    public static final Application WISE_SYNC =
            new Application("wise-sync-app", Optional.of("wise-sync-app-secret"), "http://localhost:9/callback");

    public static final Application WISE_PAY =
            new Application("wise-pay", Optional.of("wise-pay-secret"), "http://localhost:9/callback");

    public static final Application ACCOUNT_CONSOLE =
            new Application("account-console", Optional.empty(), "/realms/wise-sync/account/");

    String redirect(Server server) {
        return redirect.startsWith("/") ? server.url() + redirect : redirect;
    }

    /** Adds the authentication of the client to a token request. */
    void authenticate(Map<String, String> form) {
        form.put("client_id", clientId);
        secret.ifPresent(value -> form.put("client_secret", value));
    }
}
