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

/** The code by e-mail. Its reference category is one of the three whose failures Keycloak's brute-force protection counts. */
public final class MailedCodeFactory implements AuthenticatorFactory, Versioned {

    public static final String ID = "wise-sync-mailed-code";

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public Authenticator create(KeycloakSession session) {
        return new MailedCode();
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
        return MailedCodeConfigProperties.list();
    }

    @Override
    public String getDisplayType() {
        return "Wise-Sync: code by e-mail";
    }

    @Override
    public String getHelpText() {
        return "wiseSyncTwoFactor.wise-sync-mailed-code.tooltip";
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
