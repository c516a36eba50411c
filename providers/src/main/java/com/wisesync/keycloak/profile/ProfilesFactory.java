package com.wisesync.keycloak.profile;

import com.wisesync.keycloak.Versioned;
import org.keycloak.models.KeycloakSession;
import org.keycloak.userprofile.DeclarativeUserProfileProvider;
import org.keycloak.userprofile.DeclarativeUserProfileProviderFactory;

/**
 * Replaces Keycloak's own provider: it has the same id, so that the configuration of existing realms stays valid, and a
 * higher order (ProviderManager, 26.7: of two factories with one id the one with the higher order is used).
 */
public final class ProfilesFactory extends DeclarativeUserProfileProviderFactory implements Versioned {

    @Override
    public DeclarativeUserProfileProvider create(KeycloakSession session) {
        return new Profiles(session, this);
    }

    @Override
    public int order() {
        return PROVIDER_PRIORITY + 1;
    }
}
