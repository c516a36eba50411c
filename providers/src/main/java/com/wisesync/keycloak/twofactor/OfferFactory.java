package com.wisesync.keycloak.twofactor;

import com.wisesync.keycloak.Versioned;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;

/** The offer to enrol an app, after a mailed code. */
public final class OfferFactory implements AuthenticatorFactory, Versioned {

    public static final String ID = "wise-sync-two-factor-offer";

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public Authenticator create(KeycloakSession session) {
        return new Offer();
    }

    @Override
    public String getReferenceCategory() {
        return null;
    }

    @Override
    public boolean isConfigurable() {
        return true;
    }

    @Override
    public Requirement[] getRequirementChoices() {
        return new Requirement[] {Requirement.REQUIRED, Requirement.ALTERNATIVE, Requirement.DISABLED};
    }

    @Override
    public boolean isUserSetupAllowed() {
        return false;
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return OfferConfig.properties();
    }

    @Override
    public String getDisplayType() {
        return "Wise-Sync: offer to set up 2FA";
    }

    @Override
    public String getHelpText() {
        return "wiseSyncTwoFactor.wise-sync-two-factor-offer.tooltip";
    }

    @Override
    public void init(Config.Scope config) {
        // Configured per flow.
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // Nothing to prepare.
    }

    @Override
    public void close() {
        // Nothing to close.
    }
}
