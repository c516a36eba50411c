package com.wisesync.keycloak.twofactor;

import com.wisesync.keycloak.Versioned;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.provider.ProviderConfigProperty;

/** Keycloak's own one-time password form, with the tries counted as they are for a mailed code. */
public final class AppCodeFactory implements AuthenticatorFactory, Versioned {

    public static final String ID = "wise-sync-app-code";

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public Authenticator create(KeycloakSession session) {
        return new AppCode();
    }

    @Override
    public String getReferenceCategory() {
        return OTPCredentialModel.TYPE;
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
        return MailedCodeConfigProperties.tries();
    }

    @Override
    public String getDisplayType() {
        return "Wise-Sync: code of an app, tries limited";
    }

    @Override
    public String getHelpText() {
        return "wiseSyncTwoFactor.wise-sync-app-code.tooltip";
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
