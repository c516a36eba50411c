package com.wisesync.keycloak.profile;

import com.wisesync.keycloak.Versioned;
import org.keycloak.models.KeycloakSession;
import org.keycloak.userprofile.DeclarativeUserProfileProvider;
import org.keycloak.userprofile.DeclarativeUserProfileProviderFactory;

/**
 * Takes the place of Keycloak's own provider: same id, so that what realms have configured stays theirs, and a higher
 * order (ProviderManager, 26.7: of two factories with one id the one with the higher order is used).
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
