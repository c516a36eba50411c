package com.wisesync.keycloak.testing;

import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.KeycloakBuilder;
import org.keycloak.admin.client.resource.RealmResource;

/** A running Keycloak. */
public interface Server extends AutoCloseable {

    String REALM = "wise-sync";
    String ADMIN = "admin";

    /** Where it is, without a slash at the end. */
    String url();

    /** Where it finds itself. */
    default String ownUrl() {
        return url();
    }

    /** Where it finds a port of this machine. */
    default String urlSeenFromIt(int port) {
        return "http://localhost:" + port;
    }

    /** Health and metrics, without a slash at the end. */
    String managementUrl();

    /** What it has logged so far. */
    String log();

    /** Stops it and waits until it is gone. */
    @Override
    void close();

    default String realmUrl() {
        return url() + "/realms/" + REALM;
    }

    /** Where our admin API begins. */
    default String apiUrl() {
        return url() + "/admin/realms/" + REALM + "/wise-sync";
    }

    /** The stock admin API, as the bootstrap admin. To be closed by who asks. */
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
