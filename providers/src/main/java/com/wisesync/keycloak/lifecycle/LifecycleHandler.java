package com.wisesync.keycloak.lifecycle;

import com.wisesync.keycloak.outbox.Delivery;
import com.wisesync.keycloak.outbox.DeliveryError;
import com.wisesync.keycloak.outbox.DeliveryResult;
import com.wisesync.keycloak.outbox.EntryHandler;
import com.wisesync.keycloak.outbox.Outbox;
import com.wisesync.keycloak.outbox.OutboxEntry;
import com.wisesync.keycloak.outbox.StoredEntry;
import com.wisesync.keycloak.outbox.StoredEntry.State;
import com.wisesync.keycloak.outbox.UnusableSecretException;
import com.wisesync.keycloak.outbox.VaultSecret;
import com.wisesync.keycloak.outbox.WebhookSignature;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/** Sends one event to one application. Its body is read at the first attempt and stays the same. */
final class LifecycleHandler implements EntryHandler {

    static final String INCOMPLETE = "wiseSyncLifecycleIncomplete";

    /** Only entries of one user and client: there are few, because entries without a change are deleted. */
    private static final int LATEST = 50;

    private final KeycloakSession session;
    private final Receivers receivers;
    private final boolean httpAllowed;
    private final Outbox outbox;

    /** @param session with the realm in its context */
    LifecycleHandler(KeycloakSession session, Receivers receivers, boolean httpAllowed) {
        this.session = session;
        this.receivers = receivers;
        this.httpAllowed = httpAllowed;
        this.outbox = session.getProvider(Outbox.class);
    }

    @Override
    public Delivery prepare(OutboxEntry entry) {
        EventRow row = EventRow.parse(entry.payload());
        ClientModel client = session.getContext().getRealm().getClientById(row.client());
        if (client == null || !LifecycleClient.receivesEvents(client) || !new LifecycleClient(client).isEnterable()) {
            return aboutNothing(entry);
        }
        LifecycleClient settings = new LifecycleClient(client);
        Optional<URI> url = settings.url(httpAllowed);
        Optional<String> secret = settings.secret();
        if (url.isEmpty() || secret.isEmpty()) {
            String key = url.isEmpty() ? "wiseSyncLifecycleUrl" : "wiseSyncLifecycleSecret";
            return misconfigured(client, DeliveryError.of(key, client.getClientId()));
        }
        try {
            WebhookSignature signature = VaultSecret.webhookSecrets(secret.get(), session);
            return prepare(
                    entry,
                    client,
                    event -> () ->
                            receivers.send(client.getId(), url.get(), entry.messageId(), event.json(), signature));
        } catch (UnusableSecretException e) {
            return misconfigured(client, e.error());
        }
    }

    private Delivery misconfigured(ClientModel client, DeliveryError error) {
        receivers.misconfigured(client.getId());
        return () -> DeliveryResult.blocked(error);
    }

    private Delivery prepare(OutboxEntry entry, ClientModel client, Function<LifecycleEvent, Delivery> send) {
        // Another node may have made the first attempt.
        Optional<EventRow> stored = outbox.lockPayload(entry).map(EventRow::parse);
        if (stored.isEmpty()) {
            return aboutNothing(entry);
        }
        EventRow row = stored.get();
        EventType type = EventType.parse(entry.type());
        if (row.frozen().isPresent() && isReplaced(entry)) {
            return aboutNothing(entry);
        }
        if (row.frozen().isPresent() && (type != EventType.DELETED || isKnown(entry) || row.forRole())) {
            return send.apply(row.body());
        }
        return type == EventType.DELETED ? aboutNothing(entry) : read(entry, type, row, client, send);
    }

    private Delivery read(
            OutboxEntry entry,
            EventType type,
            EventRow row,
            ClientModel client,
            Function<LifecycleEvent, Delivery> send) {
        Optional<UserReader.State> state = new UserReader(session).read(row.user(), client);
        if (state.isEmpty()) {
            return aboutNothing(entry);
        }
        UserReader.State now = state.get();
        List<StoredEntry> earlier = earlier(entry);
        Optional<LifecycleEvent> before = received(earlier);
        boolean unreported = earlier.stream().anyMatch(LifecycleHandler::isUnreported);
        Optional<EventType> decided = Decision.decide(type, before, failed(earlier), unreported, now);
        if (decided.isPresent()) {
            LifecycleEvent.EventAccount account = Optional.ofNullable(now.account())
                    .or(() -> before.map(LifecycleEvent::account))
                    .orElse(null);
            LifecycleEvent event = LifecycleEvent.now(entry.id(), decided.get(), account, now.user());
            outbox.rewrite(entry, decided.get().id(), row.with(event).json());
            return send.apply(event);
        }
        return type == EventType.CREATED && now.incomplete()
                ? () -> DeliveryResult.obsolete(DeliveryError.of(INCOMPLETE))
                : aboutNothing(entry);
    }

    /** Whether the application may have received an event about the user. */
    private boolean isKnown(OutboxEntry entry) {
        return earlier(entry).stream()
                .filter(stored -> stored.state() != State.DISMISSED)
                .anyMatch(stored -> event(stored).isPresent());
    }

    /**
     * Whether a newer event about the user was sent. Only an event that failed and is sent again is overtaken; its older state
     * must not overwrite the newer one.
     */
    private boolean isReplaced(OutboxEntry entry) {
        return newest(entry).stream()
                .takeWhile(stored -> !stored.entry().id().equals(entry.id()))
                .anyMatch(stored -> stored.state() == State.DELIVERED || isBeingSent(stored));
    }

    /** The body of a deletion is there before the first attempt. */
    private static boolean isBeingSent(StoredEntry stored) {
        return stored.state() == State.WAITING
                && event(stored)
                        .filter(event -> event.type() != EventType.DELETED)
                        .isPresent();
    }

    private List<StoredEntry> earlier(OutboxEntry entry) {
        return newest(entry).stream()
                .dropWhile(stored -> !stored.entry().id().equals(entry.id()))
                .skip(1)
                .toList();
    }

    private List<StoredEntry> newest(OutboxEntry entry) {
        return outbox.entries().newestOf(entry.kind(), entry.ownerId(), LATEST);
    }

    /** The newest event that the application has received. */
    private static Optional<LifecycleEvent> received(List<StoredEntry> earlier) {
        return earlier.stream()
                .filter(LifecycleHandler::wasReceived)
                .flatMap(stored -> event(stored).stream())
                .findFirst();
    }

    /** The newest event that failed after the application has received another. */
    private static Optional<LifecycleEvent> failed(List<StoredEntry> earlier) {
        return earlier.stream()
                .takeWhile(stored -> !wasReceived(stored) || event(stored).isEmpty())
                .filter(stored -> stored.state() == State.FAILED)
                .flatMap(stored -> event(stored).stream())
                .findFirst();
    }

    private static boolean wasReceived(StoredEntry stored) {
        return stored.state() != State.DISMISSED && stored.state() != State.FAILED;
    }

    private static Optional<LifecycleEvent> event(StoredEntry stored) {
        return EventRow.parse(stored.entry().payload()).frozen();
    }

    private static boolean isUnreported(StoredEntry stored) {
        return stored.state() == State.DISMISSED
                && stored.lastError() != null
                && INCOMPLETE.equals(stored.lastError().key());
    }

    private Delivery aboutNothing(OutboxEntry entry) {
        outbox.remove(entry);
        return DeliveryResult::delivered;
    }
}
