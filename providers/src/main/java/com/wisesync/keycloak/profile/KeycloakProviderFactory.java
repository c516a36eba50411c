package com.wisesync.keycloak.profile;

import com.wisesync.keycloak.Versioned;
import org.keycloak.broker.oidc.KeycloakOIDCIdentityProvider;
import org.keycloak.broker.oidc.KeycloakOIDCIdentityProviderFactory;
import org.keycloak.broker.oidc.OIDCIdentityProviderConfig;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/** Replaces Keycloak's provider "Keycloak OpenID Connect" (same id, higher order). Differs only in {@link VerifiedEmail}. */
public final class KeycloakProviderFactory extends KeycloakOIDCIdentityProviderFactory implements Versioned {

    @Override
    public int order() {
        return 1;
    }

    @Override
    public KeycloakOIDCIdentityProvider create(KeycloakSession session, IdentityProviderModel model) {
        return new Provider(session, new OIDCIdentityProviderConfig(model));
    }

    private static final class Provider extends KeycloakOIDCIdentityProvider {

        Provider(KeycloakSession session, OIDCIdentityProviderConfig config) {
            super(session, config);
        }

        @Override
        protected void setEmailVerified(UserModel user, BrokeredIdentityContext context) {
            super.setEmailVerified(user, context);
            VerifiedEmail.correct(session, user, context);
        }
    }
}
