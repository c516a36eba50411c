package com.wisesync.keycloak.twofactor;

import com.wisesync.keycloak.Versioned;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.authentication.authenticators.conditional.ConditionalAuthenticator;
import org.keycloak.authentication.authenticators.conditional.ConditionalAuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;

/** The condition of the two subflows, of which exactly one runs for who is asked for a second factor. */
public final class SecondFactorNeededFactory implements ConditionalAuthenticatorFactory, Versioned {

    public static final String ID = "wise-sync-second-factor-needed";

    private static final ConditionalAuthenticator SINGLETON = new SecondFactorNeeded();

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public ConditionalAuthenticator getSingleton() {
        return SINGLETON;
    }

    @Override
    public boolean isConfigurable() {
        return true;
    }

    @Override
    public Requirement[] getRequirementChoices() {
        return new Requirement[] {Requirement.REQUIRED, Requirement.DISABLED};
    }

    @Override
    public boolean isUserSetupAllowed() {
        return false;
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of(new ProviderConfigProperty(
                SecondFactorNeeded.KIND,
                "wiseSyncTwoFactor.kind.label",
                "wiseSyncTwoFactor.kind.tooltip",
                ProviderConfigProperty.LIST_TYPE,
                SecondFactorNeeded.CODE,
                SecondFactorNeeded.DEVICE,
                SecondFactorNeeded.CODE));
    }

    @Override
    public String getDisplayType() {
        return "Wise-Sync: second factor needed";
    }

    @Override
    public String getHelpText() {
        return "wiseSyncTwoFactor." + ID + ".tooltip";
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
