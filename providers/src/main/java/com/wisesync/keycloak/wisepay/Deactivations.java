package com.wisesync.keycloak.wisepay;

import com.wisesync.keycloak.outbox.Outbox;
import com.wisesync.keycloak.outbox.Outbox.Retry;
import com.wisesync.keycloak.outbox.WrittenEntry.State;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/** What Wise-Pay was and will be told, in the realm of the session's context. */
public final class Deactivations {

    private final Outbox outbox;
    private final String realmId;

    public Deactivations(KeycloakSession session) {
        this.outbox = session.getProvider(Outbox.class);
        this.realmId = session.getContext().getRealm().getId();
    }

    /** About one user, newest first. */
    public List<ToldDeactivation> of(String userId) {
        return outbox.of(DeactivationHandlerFactory.KIND, realmId, userId).stream()
                .map(ToldDeactivation::of)
                .toList();
    }

    /**
     * About everybody, newest first.
     *
     * @param states as {@link State#named} reads them; all when empty
     */
    public List<ToldDeactivation> all(List<State> states, int first, int max) {
        return outbox.of(DeactivationHandlerFactory.KIND, realmId, orAll(states), first, max).stream()
                .map(ToldDeactivation::of)
                .toList();
    }

    public long count(List<State> states) {
        return outbox.count(DeactivationHandlerFactory.KIND, realmId, orAll(states));
    }

    public Optional<ToldDeactivation> find(String id) {
        return outbox.find(DeactivationHandlerFactory.KIND, realmId, id).map(ToldDeactivation::of);
    }

    /** Sets one that failed for good going again. */
    public Retry retry(String id) {
        return outbox.retry(DeactivationHandlerFactory.KIND, realmId, id);
    }

    private static List<State> orAll(List<State> states) {
        return states.isEmpty() ? List.of(State.values()) : states;
    }
}
