package com.wisesync.keycloak.wisepay;

import com.wisesync.keycloak.outbox.EntryHandler;
import java.time.Clock;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Wise-Pay as this node knows it: how to call it, and whether that has been of use lately. */
final class WisePay {

    private final WisePayConfig config;
    private final WisePayApi api;
    private final Circuit circuit = new Circuit(Clock.systemUTC());
    private final Asking asking = new Asking();

    WisePay(WisePayConfig config) {
        this.config = config;
        this.api =
                config.url().map(url -> new WisePayApi(new BoundedHttp(), url)).orElse(null);
    }

    static WisePay in(KeycloakSessionFactory factory) {
        return ((DeactivationHandlerFactory)
                        factory.getProviderFactory(EntryHandler.class, DeactivationHandlerFactory.KIND))
                .wisePay();
    }

    static WisePay in(KeycloakSession session) {
        return in(session.getKeycloakSessionFactory());
    }

    WisePayConfig config() {
        return config;
    }

    boolean configured() {
        return api != null;
    }

    /** Only if {@link #configured()}. */
    WisePayApi api() {
        return api;
    }

    /** Keeps people who look at links apart from deliveries. */
    Asking asking() {
        return asking;
    }

    Circuit circuit() {
        return circuit;
    }
}
