package com.wisesync.keycloak.autotask;

import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.credential.CredentialTypeMetadata;
import org.keycloak.credential.CredentialTypeMetadata.Category;
import org.keycloak.credential.CredentialTypeMetadataContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Describes the credential type to Keycloak. It validates no input and no authenticator refers to it, so that it cannot be used
 * to log in and is no second factor; the account REST API and console do not list it (AccountCredentialResource of 26.7.4 lists
 * the types that authenticators of the realm refer to).
 */
final class AutotaskCredentialProvider implements CredentialProvider<AutotaskCredentialModel> {

    private final KeycloakSession session;
    private final AutotaskConfig config;

    AutotaskCredentialProvider(KeycloakSession session, AutotaskConfig config) {
        this.session = session;
        this.config = config;
    }

    /** Creates the use case, for which the factory holds the configuration. */
    Keyring keyring() {
        return new Keyring(session.vault(), config.keys());
    }

    ReadLimit readLimit() {
        return new ReadLimit(session.getKeycloakSessionFactory(), config.readsPerMinute());
    }

    OwnTransaction transaction() {
        return new OwnTransaction(session.getKeycloakSessionFactory());
    }

    @Override
    public String getType() {
        return AutotaskCredentialProviderFactory.TYPE;
    }

    /** Called by imports. */
    @Override
    public CredentialModel createCredential(RealmModel realm, UserModel user, AutotaskCredentialModel credential) {
        return user.credentialManager().createStoredCredential(credential);
    }

    @Override
    public boolean deleteCredential(RealmModel realm, UserModel user, String credentialId) {
        return user.credentialManager().removeStoredCredentialById(credentialId);
    }

    @Override
    public AutotaskCredentialModel getCredentialFromModel(CredentialModel row) {
        return new AutotaskCredentialModel(row);
    }

    /**
     * Not removable by the account REST API or {@code kc_action=delete_credential}, which ask this method
     * (CredentialDeleteHelper).
     */
    @Override
    public CredentialTypeMetadata getCredentialTypeMetadata(CredentialTypeMetadataContext context) {
        return CredentialTypeMetadata.builder()
                .type(getType())
                .category(Category.BASIC_AUTHENTICATION)
                .displayName("autotask-account-display-name")
                .helpText("autotask-account-help-text")
                .removeable(false)
                .build(session);
    }
}
