package com.wisesync.keycloak.lifecycle;

import com.wisesync.keycloak.OptIn;
import com.wisesync.keycloak.outbox.EntryHandler;
import com.wisesync.keycloak.outbox.EntryHandlerFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Delivers lifecycle events. */
public final class LifecycleHandlerFactory implements EntryHandlerFactory {

    private static final String LISTENER_SPI = "eventsListener";

    private Receivers receivers;
    private boolean httpAllowed;

    @Override
    public String getId() {
        return EventRow.KIND;
    }

    @Override
    public EntryHandler create(KeycloakSession session) {
        return new LifecycleHandler(session, receivers, httpAllowed);
    }

    /** The shares of three receivers. */
    @Override
    public int parallel() {
        return 3 * Receivers.SHARE;
    }

    @Override
    public Set<String> pausedOwners() {
        return receivers.pausedOwners();
    }

    @Override
    public Duration longestSend() {
        return Receivers.TIMEOUT.plusSeconds(3);
    }

    /** The events with which later ones are compared. */
    @Override
    public Set<String> keptTypes() {
        return Set.of(EventType.CREATED.id(), EventType.UPDATED.id(), EventType.ENABLED.id(), EventType.DISABLED.id());
    }

    /** Sending all users of the application again repeats failed events. */
    @Override
    public boolean staffHandleFailed() {
        return true;
    }

    @Override
    public void init(Config.Scope config) {
        receivers = new Receivers(Clock.systemUTC());
        // Operators set the options at the event listener, by which a realm opts in.
        httpAllowed =
                Config.scope(LISTENER_SPI, OptIn.LISTENER).getBoolean(LifecycleConfigProperties.ALLOW_HTTP, false);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        new Backfill().listenTo(factory);
    }
}
