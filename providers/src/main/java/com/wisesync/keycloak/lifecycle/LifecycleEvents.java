package com.wisesync.keycloak.lifecycle;

import com.wisesync.keycloak.outbox.DeliveryError;
import com.wisesync.keycloak.outbox.Outbox;
import com.wisesync.keycloak.outbox.StoredEntries;
import com.wisesync.keycloak.outbox.StoredEntry.State;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The lifecycle events of the realm in the session's context, for staff. */
public final class LifecycleEvents {

    private final Outbox outbox;
    private final RealmModel realm;

    /** @param session with the realm in its context */
    public LifecycleEvents(KeycloakSession session) {
        this.outbox = session.getProvider(Outbox.class);
        this.realm = session.getContext().getRealm();
    }

    /** Finds a client that receives lifecycle events by its client id. */
    public Optional<ClientModel> findClient(String clientId) {
        return Optional.ofNullable(realm.getClientByClientId(clientId)).filter(LifecycleClient::receivesEvents);
    }

    /** The client ids of the clients that receive lifecycle events, sorted. */
    public List<String> clients() {
        return realm.getClientsStream()
                .filter(LifecycleClient::receivesEvents)
                .map(ClientModel::getClientId)
                .sorted()
                .toList();
    }

    /**
     * Events, those with the latest attempt first.
     *
     * @param client only those to this client; empty for all
     * @param states all if empty
     * @param texts renders an error for the reader
     */
    public List<StoredEvent> list(
            Optional<ClientModel> client,
            List<State> states,
            int first,
            int max,
            Function<DeliveryError, String> texts) {
        return outbox.entries().list(EventRow.KIND, realm.getId(), owners(client), orAll(states), first, max).stream()
                .map(stored -> StoredEvent.of(stored, this::clientId, texts))
                .toList();
    }

    /**
     * Counts events.
     *
     * @param client only those to this client; empty for all
     * @param states all if empty
     * @return at most {@link StoredEntries#MAX_COUNT}
     */
    public long count(Optional<ClientModel> client, List<State> states) {
        return outbox.entries().count(EventRow.KIND, realm.getId(), owners(client), orAll(states));
    }

    /**
     * Sends every user to a client again, page by page after the commit, and the events that failed: those about deleted users are
     * in no page. A failed event that a newer one has replaced is dropped when it is due.
     */
    public void resend(ClientModel client) {
        outbox.transitions().retryAll(EventRow.KIND, realm.getId(), owners(Optional.of(client)));
        outbox.enqueue(PagesRow.all(client.getId()).entry(realm.getId()), Optional.empty());
    }

    private String clientId(String id) {
        ClientModel client = realm.getClientById(id);
        return client == null ? id : client.getClientId();
    }

    private static String owners(Optional<ClientModel> client) {
        return client.map(ClientModel::getId).map(LifecycleClient::ownerPrefix).orElse("");
    }

    private static List<State> orAll(List<State> states) {
        return states.isEmpty() ? List.of(State.values()) : states;
    }
}
