package com.wisesync.keycloak.scim;

import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Testbed;

/** Directories of customers, which call SCIM. */
final class Directories {

    private Directories() {}

    /** The address of an account's SCIM. */
    static String url(String account) {
        return Testbed.get().server().url() + "/realms/wise-sync/wise-sync/scim/v2/" + account;
    }

    /** @param secret null to send none */
    static Api scim(String account, String secret) {
        return new Api(url(account), () -> secret);
    }

    /** A directory with a new token of the account. */
    static Api connected(String account) {
        String secret = token(account);
        return scim(account, secret);
    }

    /** The secret of a new token. */
    static String token(String account) {
        return Testbed.get()
                .serviceApi()
                .post("/accounts/" + account + "/scim/tokens", null)
                .json()
                .path("secret")
                .asText();
    }
}
