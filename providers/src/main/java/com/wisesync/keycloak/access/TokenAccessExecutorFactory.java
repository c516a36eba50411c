package com.wisesync.keycloak.access;

import com.wisesync.keycloak.Versioned;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProvider;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProviderFactory;

/**
 * The client policy executor {@value #ID}. The realm's files assign it to every client; in a realm without such a policy it
 * enforces nothing.
 */
public final class TokenAccessExecutorFactory implements ClientPolicyExecutorProviderFactory, Versioned {

    /** The executor's id in a realm's client profiles. */
    public static final String ID = "wise-sync-access";

    @Override
    @SuppressWarnings("rawtypes") // as the interface declares it
    public ClientPolicyExecutorProvider create(KeycloakSession session) {
        return new TokenAccessExecutor(session);
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getHelpText() {
        return "Refuses tokens and userinfo to users who have no access to the client any more.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of();
    }

    @Override
    public void init(Config.Scope config) {
        // No options.
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // Nothing to register.
    }

    @Override
    public void close() {
        // Nothing to close.
    }
}
