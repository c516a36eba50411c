package com.wisesync.keycloak.autotask;

/** Username and password for the service that may read them. Never logged, published in an event or stored as a representation. */
public record AutotaskSecret(String username, String password) {

    @Override
    public String toString() {
        return "AutotaskSecret[...]";
    }
}
