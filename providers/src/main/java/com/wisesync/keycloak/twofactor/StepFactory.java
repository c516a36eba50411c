package com.wisesync.keycloak.twofactor;

import com.wisesync.keycloak.Versioned;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;

/** A login step that takes its settings from the flow. */
abstract class StepFactory implements AuthenticatorFactory, Versioned {

    private final String id;
    private final String displayType;
    private final String referenceCategory;
    private final List<ProviderConfigProperty> properties;

    StepFactory(String id, String displayType, String referenceCategory, List<ProviderConfigProperty> properties) {
        this.id = id;
        this.displayType = displayType;
        this.referenceCategory = referenceCategory;
        this.properties = properties;
    }

    @Override
    public final String getId() {
        return id;
    }

    @Override
    public final String getDisplayType() {
        return displayType;
    }

    @Override
    public final String getHelpText() {
        return "wiseSyncTwoFactor." + id + ".tooltip";
    }

    @Override
    public final String getReferenceCategory() {
        return referenceCategory;
    }

    @Override
    public final boolean isConfigurable() {
        return true;
    }

    @Override
    public final List<ProviderConfigProperty> getConfigProperties() {
        return properties;
    }

    @Override
    public Requirement[] getRequirementChoices() {
        return new Requirement[] {Requirement.REQUIRED, Requirement.ALTERNATIVE, Requirement.DISABLED};
    }

    @Override
    public final boolean isUserSetupAllowed() {
        return false;
    }

    @Override
    public final void init(Config.Scope config) {
        // Configured in the flow.
    }

    @Override
    public final void postInit(KeycloakSessionFactory factory) {
        // Nothing to prepare.
    }

    @Override
    public final void close() {
        // Nothing to close.
    }
}
