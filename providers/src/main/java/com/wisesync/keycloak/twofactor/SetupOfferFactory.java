package com.wisesync.keycloak.twofactor;

import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;

/** Creates the offer to set up an authenticator app after an emailed code. */
public final class SetupOfferFactory extends StepFactory {

    public static final String ID = "wise-sync-two-factor-offer";

    public SetupOfferFactory() {
        super(ID, "Wise-Sync: offer to set up 2FA", null, SetupOfferConfig.properties());
    }

    @Override
    public Authenticator create(KeycloakSession session) {
        return new SetupOffer();
    }
}
