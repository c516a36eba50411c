package com.wisesync.keycloak.autotask;

/** What the one service may read. It must never reach a log line, an event or a representation kept anywhere. */
public record AutotaskSecret(String username, String password) {

    @Override
    public String toString() {
        return "AutotaskSecret[...]";
    }
}
