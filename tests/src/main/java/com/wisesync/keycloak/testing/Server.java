package com.wisesync.keycloak.testing;

import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.KeycloakBuilder;
import org.keycloak.admin.client.resource.RealmResource;

/** A running Keycloak. */
public interface Server extends AutoCloseable {

    String REALM = "wise-sync";
    String ADMIN = "admin";

    /** The base URL, without a slash at the end. */
    String url();

    /** The base URL as the server itself reaches it. */
    default String ownUrl() {
        return url();
    }

    /** The URL of a port of this machine, as the server reaches it. */
    default String urlSeenFromIt(int port) {
        return "http://localhost:" + port;
    }

    /** The base URL of health and metrics, without a slash at the end. */
    String managementUrl();

    /** The log so far. */
    String log();

    /** Stops the server and waits until it has ended. */
    @Override
    void close();

    default String realmUrl() {
        return url() + "/realms/" + REALM;
    }

    /** The base URL of our admin API. */
    default String apiUrl() {
        return url() + "/admin/realms/" + REALM + "/wise-sync";
    }

    /** The stock admin API as the bootstrap admin. The caller closes it. */
    default Keycloak adminClient() {
        return KeycloakBuilder.builder()
                .serverUrl(url())
                .realm("master")
                .clientId("admin-cli")
                .username(ADMIN)
                .password(ADMIN)
                .build();
    }

    static RealmResource realm(Keycloak adminClient) {
        return adminClient.realm(REALM);
    }
}
