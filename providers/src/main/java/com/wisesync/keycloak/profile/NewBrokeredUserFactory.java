package com.wisesync.keycloak.profile;

import com.wisesync.keycloak.Versioned;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.authenticators.broker.IdpCreateUserIfUniqueAuthenticatorFactory;
import org.keycloak.models.KeycloakSession;

/** Replaces Keycloak's step "Create User If Unique" (same id, higher order). Differs only in {@link NewBrokeredUser}. */
public final class NewBrokeredUserFactory extends IdpCreateUserIfUniqueAuthenticatorFactory implements Versioned {

    @Override
    public Authenticator create(KeycloakSession session) {
        return new NewBrokeredUser();
    }

    @Override
    public int order() {
        return 1;
    }
}
