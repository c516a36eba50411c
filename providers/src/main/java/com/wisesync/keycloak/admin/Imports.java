package com.wisesync.keycloak.admin;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.wisesync.keycloak.Refusal.Reason;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.admin.ImportReps.ImportRep;
import com.wisesync.keycloak.admin.ImportReps.ImportReportRep;
import com.wisesync.keycloak.outbox.NewEntry;
import com.wisesync.keycloak.outbox.Outbox;
import com.wisesync.keycloak.outbox.StoredEntry;
import com.wisesync.keycloak.outbox.StoredEntry.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.executors.ExecutorsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.util.JsonSerialization;

/**
 * Imports that go on after their request was answered. The state is an outbox entry of the account, so every node can read it.
 * The job extends the lease of its entry while it runs; if its node dies, the entry becomes due and {@link
 * ImportHandlerFactory} ends it as failed. The rows and their passwords are never stored.
 */
final class Imports {

    static final String KIND = "import";
    static final String INTERRUPTED = "wiseSyncImportInterrupted";

    /** How long the result can be requested. */
    static final Duration KEEP = Duration.ofDays(1);

    /** How long after the death of a node its imports still appear to run. */
    static final Duration LEASE = Duration.ofSeconds(30);

    private final KeycloakSession session;

    /** @param session with the realm in its context */
    Imports(KeycloakSession session) {
        this.session = session;
    }

    /** What is stored about an import when it begins. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Begun(int total, boolean dryRun) {}

    /** The id of the running import of the account. */
    Optional<String> findRunning(Account account) {
        return outbox(session).entries().newestOf(KIND, account.id(), 1).stream()
                .filter(newest -> newest.state() == State.WAITING)
                .map(newest -> newest.entry().id())
                .findFirst();
    }

    /**
     * Starts an import of an account without a running one. Two that start at once may pass; they run one after the other,
     * because each locks the account.
     *
     * @return its id
     */
    String start(Account account, ImportJob.Order order) {
        String realmId = session.getContext().getRealm().getId();
        NewEntry entry = new NewEntry(
                KIND, realmId, account.id(), KIND, write(new Begun(order.lines().size(), order.dryRun())));
        KeycloakSessionFactory factory = session.getKeycloakSessionFactory();
        // Committed before the response, so that its address is valid on every node.
        KeycloakModelUtils.runJobInTransaction(factory, own -> outbox(own).begin(entry, LEASE));
        new ImportJob(factory, realmId, account.id(), entry.id(), order)
                .start(session.getProvider(ExecutorsProvider.class).getExecutor("wise-sync-import"));
        return entry.id();
    }

    /** Finds an import of the account by its id. */
    Optional<ImportRep> find(Account account, String id, Texts texts) {
        return outbox(session)
                .entries()
                .find(KIND, session.getContext().getRealm().getId(), id)
                .filter(stored -> stored.entry().ownerId().equals(account.id()))
                .filter(stored ->
                        stored.entry().createdAt().isAfter(Instant.now().minus(KEEP)))
                .map(stored -> rep(stored, texts));
    }

    private static ImportRep rep(StoredEntry stored, Texts texts) {
        Begun begun = read(stored.entry().payload(), Begun.class);
        return switch (stored.state()) {
            case WAITING, HELD ->
                new ImportRep(
                        "running", stored.note() == null ? 0 : Integer.parseInt(stored.note()), begun.total(), null);
            case DELIVERED ->
                new ImportRep("done", begun.total(), begun.total(), read(stored.answer(), ImportReportRep.class));
            case FAILED, DISMISSED -> new ImportRep("failed", 0, begun.total(), failure(stored, begun, texts));
        };
    }

    /** The report of the job, or one about its end if it wrote none. */
    private static ImportReportRep failure(StoredEntry stored, Begun begun, Texts texts) {
        return stored.answer() == null
                ? ImportReportRep.failed(Reason.of(null, INTERRUPTED), begun.dryRun(), begun.total(), texts)
                : read(stored.answer(), ImportReportRep.class);
    }

    static Outbox outbox(KeycloakSession session) {
        return session.getProvider(Outbox.class);
    }

    static String write(Object value) {
        try {
            return JsonSerialization.writeValueAsString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T read(String json, Class<T> type) {
        try {
            return JsonSerialization.readValue(json, type);
        } catch (IOException e) {
            throw new UncheckedIOException("A stored import can't be read", e);
        }
    }
}
