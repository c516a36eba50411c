package com.wisesync.keycloak.config;

import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;

/** Builds the address of a realm's admin API. */
final class AdminUri {

    private AdminUri() {}

    static URI of(String server, String realm) {
        return UriBuilder.fromUri(server).path("admin/realms/{realm}").build(realm);
    }
}
