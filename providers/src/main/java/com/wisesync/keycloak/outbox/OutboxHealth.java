package com.wisesync.keycloak.outbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.resources.KeycloakApplication;

/**
 * Shows on {@code /health/ready} what the outbox holds. It is up whatever that is: no login depends on who receives, and a node that was
 * taken out of service would deliver no better.
 */
@Readiness
@ApplicationScoped
public class OutboxHealth implements HealthCheck {

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("Wise-Sync outbox").up();
        counts().forEach((kind, counts) -> {
            for (WrittenEntry.State state : WrittenEntry.State.values()) {
                response.withData(kind + "." + state.id(), counts.entries(state));
            }
            response.withData(kind + ".oldestSeconds", (long) counts.oldestSeconds());
        });
        return response.build();
    }

    private static Map<String, Stock.Counts> counts() {
        KeycloakSessionFactory factory = KeycloakApplication.getSessionFactory();
        // There is none while the server starts and stops.
        return factory == null ? Map.of() : ((OutboxFactory) factory.getProviderFactory(Outbox.class)).counts();
    }
}
