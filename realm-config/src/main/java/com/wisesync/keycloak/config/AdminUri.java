package com.wisesync.keycloak.config;

import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;

/** Where a realm's admin API is. */
final class AdminUri {

    private AdminUri() {}

    static URI of(String server, String realm) {
        return UriBuilder.fromUri(server).path("admin/realms/{realm}").build(realm);
    }
}
