package com.wisesync.keycloak.access;

import com.wisesync.keycloak.Versioned;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;

/** Creates the login step that reports a refused application before the second factor. */
public final class ApplicationAccessStepFactory implements AuthenticatorFactory, Versioned {

    /** The provider id, as flows name it. */
    public static final String ID = "wise-sync-application-access";

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public Authenticator create(KeycloakSession session) {
        return new ApplicationAccessStep(new ApplicationAccess(session));
    }

    @Override
    public String getDisplayType() {
        return "Wise-Sync: may enter the application";
    }

    @Override
    public String getHelpText() {
        return "wiseSyncApplicationAccess.tooltip";
    }

    @Override
    public String getReferenceCategory() {
        return null;
    }

    @Override
    public boolean isConfigurable() {
        return false;
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of();
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
    public void init(Config.Scope config) {
        // No options.
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // Nothing to wire.
    }

    @Override
    public void close() {
        // Nothing to close.
    }
}
