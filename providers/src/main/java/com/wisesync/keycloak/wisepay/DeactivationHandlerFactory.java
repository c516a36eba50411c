package com.wisesync.keycloak.wisepay;

import com.wisesync.keycloak.outbox.EntryHandler;
import com.wisesync.keycloak.outbox.EntryHandlerFactory;
import java.time.Duration;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Delivers deactivations, if it is known where to. */
public final class DeactivationHandlerFactory implements EntryHandlerFactory {

    static final String KIND = "wise-pay";

    private WisePay wisePay;

    @Override
    public String getId() {
        return KIND;
    }

    @Override
    public EntryHandler create(KeycloakSession session) {
        return new DeactivationHandler(session, wisePay);
    }

    @Override
    public int parallel() {
        return wisePay.config().parallel();
    }

    @Override
    public int room() {
        return wisePay.configured() ? wisePay.circuit().room(parallel()) : 0;
    }

    @Override
    public Duration longestSend() {
        return WisePayApi.ANSWER.plusSeconds(3);
    }

    /** As long as somebody may still ask what became of a user's links. */
    @Override
    public Duration keepDelivered() {
        return Duration.ofDays(365);
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        wisePay = WisePay.in(factory);
    }

    @Override
    public void close() {}
}
