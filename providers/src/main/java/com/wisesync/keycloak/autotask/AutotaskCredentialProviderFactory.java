package com.wisesync.keycloak.autotask;

import com.wisesync.keycloak.Versioned;
import io.micrometer.core.instrument.Metrics;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.credential.CredentialProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.timer.TimerProvider;

/** The credential type {@value #TYPE}. */
public final class AutotaskCredentialProviderFactory
        implements CredentialProviderFactory<AutotaskCredentialProvider>, Versioned {

    /** The credential's type, and the id of its provider. */
    public static final String TYPE = "autotask-account";

    private AutotaskConfig config;

    @Override
    public String getId() {
        return TYPE;
    }

    @Override
    public CredentialProvider<AutotaskCredentialModel> create(KeycloakSession session) {
        return new AutotaskCredentialProvider(session, config);
    }

    @Override
    public void init(Config.Scope scope) {
        config = AutotaskConfig.of(scope);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(event -> {
            if (event instanceof PostMigrationEvent) {
                countKeys(factory);
            }
        });
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return AutotaskConfigProperties.all();
    }

    private void countKeys(KeycloakSessionFactory factory) {
        KeyCount count = new KeyCount(config.keys(), Metrics.globalRegistry);
        KeycloakModelUtils.runJobInTransaction(factory, session -> {
            count.run(session);
            session.getProvider(TimerProvider.class)
                    .scheduleTask(count, config.countEvery().toMillis(), count.getTaskName());
        });
    }
}
