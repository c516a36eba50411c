package com.wisesync.keycloak.twofactor;

import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;

/** The offer to enrol an app, after a mailed code. */
public final class OfferFactory extends StepFactory {

    public static final String ID = "wise-sync-two-factor-offer";

    public OfferFactory() {
        super(ID, "Wise-Sync: offer to set up 2FA", null, OfferConfig.properties());
    }

    @Override
    public Authenticator create(KeycloakSession session) {
        return new Offer();
    }
}
