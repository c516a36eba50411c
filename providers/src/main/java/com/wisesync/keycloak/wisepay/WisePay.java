package com.wisesync.keycloak.wisepay;

import com.wisesync.keycloak.outbox.BoundedHttp;
import com.wisesync.keycloak.outbox.Circuit;
import com.wisesync.keycloak.outbox.EntryHandler;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Everything this node needs to call Wise-Pay: options, client and circuits. */
final class WisePay {

    private final WisePayConfig config;
    private final WisePayApi api;
    private final Circuit circuit = new Circuit(Clock.systemUTC());
    private final AtomicBoolean keyRefused = new AtomicBoolean();
    private final LinkQueries queries = new LinkQueries();

    WisePay(WisePayConfig config) {
        this.config = config;
        this.api =
                config.url().map(url -> new WisePayApi(new BoundedHttp(), url)).orElse(null);
    }

    static WisePay of(KeycloakSessionFactory factory) {
        return ((DeactivationHandlerFactory)
                        factory.getProviderFactory(EntryHandler.class, DeactivationHandlerFactory.KIND))
                .wisePay();
    }

    static WisePay of(KeycloakSession session) {
        return of(session.getKeycloakSessionFactory());
    }

    WisePayConfig config() {
        return config;
    }

    boolean configured() {
        return api != null;
    }

    /** Usable only if {@link #configured()}. */
    WisePayApi api() {
        return api;
    }

    /** Queries of users who wait for the answer, separate from deliveries. */
    LinkQueries queries() {
        return queries;
    }

    Circuit circuit() {
        return circuit;
    }

    /** Whether this answer refuses our API key and the one before did not: each attempt would fill the log. */
    boolean keyRefusalBegins(int status) {
        boolean refused = status == 401 || status == 403;
        return keyRefused.getAndSet(refused) != refused && refused;
    }
}
