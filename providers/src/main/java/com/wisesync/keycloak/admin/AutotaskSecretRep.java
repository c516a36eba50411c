package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.autotask.AutotaskSecret;

record AutotaskSecretRep(String username, String password) {

    static AutotaskSecretRep of(AutotaskSecret secret) {
        return new AutotaskSecretRep(secret.username(), secret.password());
    }

    @Override
    public String toString() {
        return "AutotaskSecretRep[]";
    }
}
