package com.wisesync.keycloak.console;

import com.wisesync.keycloak.Versioned;
import org.keycloak.headers.DefaultSecurityHeadersProviderFactory;
import org.keycloak.headers.SecurityHeadersProvider;
import org.keycloak.models.KeycloakSession;

/** Replaces Keycloak's own provider: same id, higher order, as in {@code profile}. */
public final class ConsoleHeadersFactory extends DefaultSecurityHeadersProviderFactory implements Versioned {

    @Override
    public SecurityHeadersProvider create(KeycloakSession session) {
        return new ConsoleHeaders(session);
    }

    @Override
    public int order() {
        return 1;
    }
}
