package com.wisesync.keycloak.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.wisesync.keycloak.autotask.AutotaskAccount;
import com.wisesync.keycloak.autotask.AutotaskSecret;
import java.util.Optional;

/** Stored Autotask accounts, as the API reads and writes them. */
final class AutotaskReps {

    private AutotaskReps() {}

    /** Never the password, not even masked. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AutotaskAccountRep(String username, boolean passwordSet, String updatedAt) {

        static AutotaskAccountRep of(Optional<AutotaskAccount> account) {
            return account.map(AutotaskAccountRep::of).orElse(new AutotaskAccountRep(null, false, null));
        }

        static AutotaskAccountRep of(AutotaskAccount account) {
            return new AutotaskAccountRep(
                    account.username(),
                    account.passwordSet(),
                    account.updatedAt() == null ? null : account.updatedAt().toString());
        }
    }

    record AutotaskAccountInputRep(String username, String password) {

        /** Without the password: records print what they hold. */
        @Override
        public String toString() {
            return "AutotaskAccountInputRep[]";
        }
    }

    record AutotaskSecretRep(String username, String password) {

        static AutotaskSecretRep of(AutotaskSecret secret) {
            return new AutotaskSecretRep(secret.username(), secret.password());
        }

        @Override
        public String toString() {
            return "AutotaskSecretRep[]";
        }
    }
}
