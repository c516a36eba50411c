package com.wisesync.keycloak.autotask;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The encrypted content. Contains realm and user, because nothing else binds a row to its user: a row could be copied to another
 * user by direct access to the database.
 */
record SealedAccount(
        @JsonProperty("realm") String realm,
        @JsonProperty("user") String user,
        @JsonProperty("type") String type,
        @JsonProperty("username") String username,
        @JsonProperty("password") String password) {

    static SealedAccount of(String realm, String user, AutotaskSecret secret) {
        return new SealedAccount(
                realm, user, AutotaskCredentialProviderFactory.TYPE, secret.username(), secret.password());
    }

    boolean belongsTo(String realm, String user) {
        return AutotaskCredentialProviderFactory.TYPE.equals(type)
                && realm.equals(this.realm)
                && user.equals(this.user);
    }

    AutotaskSecret secret() {
        return new AutotaskSecret(username, password);
    }

    @Override
    public String toString() {
        return "SealedAccount[...]";
    }
}
