package com.wisesync.keycloak.role;

import org.keycloak.models.ClientModel;

/** Which clients are applications: those with the client scope {@value #SCOPE} or the client role {@value #USE}. */
public final class Applications {

    /** The client scope that carries account, role and companies. */
    public static final String SCOPE = "wise-sync";

    /** The client role that allows its holders to enter. */
    public static final String USE = "use";

    private Applications() {}

    /** Whether a client is an application. */
    public static boolean contain(ClientModel client) {
        return client.getRole(USE) != null
                || client.getClientScopes(true).containsKey(SCOPE)
                || client.getClientScopes(false).containsKey(SCOPE);
    }
}
