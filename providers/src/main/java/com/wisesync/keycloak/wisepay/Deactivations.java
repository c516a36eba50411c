package com.wisesync.keycloak.wisepay;

import com.wisesync.keycloak.outbox.DeliveryError;
import com.wisesync.keycloak.outbox.Outbox;
import com.wisesync.keycloak.outbox.StoredEntries;
import com.wisesync.keycloak.outbox.StoredEntry;
import com.wisesync.keycloak.outbox.StoredEntry.State;
import com.wisesync.keycloak.outbox.Transitions;
import com.wisesync.keycloak.outbox.Transitions.Transition;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;

/** Lists the deactivations of the realm in the session's context, and retries, releases or dismisses them. */
public final class Deactivations {

    /** Why a deactivation was dismissed: it says nothing about links that are active when the user is disabled later. */
    static final String DISMISSED_ENABLED = "wiseSyncDeactivationDismissedEnabled";

    private static final String KIND = DeactivationHandlerFactory.KIND;

    /** How many deactivations of one user are shown. */
    private static final int MAX_OF_USER = 100;

    private final StoredEntries entries;
    private final Transitions transitions;
    private final EnabledAgain enabledAgain;
    private final String realmId;
    private final Function<DeliveryError, String> texts;

    /** @param texts renders an error for the reader */
    public Deactivations(KeycloakSession session, Function<DeliveryError, String> texts) {
        Outbox outbox = session.getProvider(Outbox.class);
        this.entries = outbox.entries();
        this.transitions = outbox.transitions();
        this.enabledAgain = new EnabledAgain(session);
        this.realmId = session.getContext().getRealm().getId();
        this.texts = texts;
    }

    /** The deactivations of one user in all accounts, newest first, at most 100. */
    public List<StoredDeactivation> ofUser(String userId) {
        return entries.newestOf(KIND, Deactivation.ownerId(userId), MAX_OF_USER).stream()
                .filter(stored -> stored.entry().realmId().equals(realmId))
                .map(stored -> StoredDeactivation.of(stored, texts))
                .toList();
    }

    /** The deactivations of one user in one account: others name another account, and links that were configured there. */
    public List<StoredDeactivation> ofUser(String userId, String accountId) {
        return ofUser(userId).stream()
                .filter(stored -> stored.account() != null
                        && accountId.equals(stored.account().id()))
                .toList();
    }

    /**
     * The deactivations of all users, those with the latest attempt first.
     *
     * @param states all if empty
     */
    public List<StoredDeactivation> list(List<State> states, int first, int max) {
        return entries.list(KIND, realmId, orAll(states), first, max).stream()
                .map(stored -> StoredDeactivation.of(stored, texts))
                .toList();
    }

    /**
     * Counts deactivations.
     *
     * @param states all if empty
     * @return at most {@link StoredEntries#MAX_COUNT}
     */
    public long count(List<State> states) {
        return entries.count(KIND, realmId, orAll(states));
    }

    /** Finds a deactivation by its id. */
    public Optional<StoredDeactivation> find(String id) {
        return entries.find(KIND, realmId, id).map(stored -> StoredDeactivation.of(stored, texts));
    }

    /** Whether the user of this deactivation is enabled again, so that it must not be sent; false if it does not exist. */
    public boolean isEnabledAgain(String id) {
        return enabledAgain(id) == EnabledAgain.Answer.YES;
    }

    private EnabledAgain.Answer enabledAgain(String id) {
        return entries.find(KIND, realmId, id)
                .map(StoredEntry::entry)
                .map(entry -> enabledAgain.test(Deactivation.parse(entry.payload())))
                .orElse(EnabledAgain.Answer.NO);
    }

    /** Sends a failed one again. */
    public Transition retry(String id) {
        return transitions.retry(KIND, realmId, id);
    }

    /**
     * Sends all failed deactivations again. Those of enabled users are dismissed when they are due.
     *
     * @return how many are sent
     */
    public int retryAll() {
        long unsent = entries.list(KIND, realmId, List.of(State.FAILED), 0, StoredEntries.MAX_COUNT).stream()
                .map(stored -> Deactivation.parse(stored.entry().payload()))
                .filter(deactivation -> enabledAgain.test(deactivation) == EnabledAgain.Answer.YES)
                .count();
        return (int) Math.max(0, transitions.retryAll(KIND, realmId) - unsent);
    }

    /** Sends a held one. */
    public Transition release(String id) {
        return transitions.release(KIND, realmId, id);
    }

    /** Drops a held or failed one for good, and records whether its user has access now. */
    public Transition dismiss(String id) {
        return switch (enabledAgain(id)) {
            case YES, OTHER_ACCOUNT -> transitions.dismiss(KIND, realmId, id, DeliveryError.of(DISMISSED_ENABLED));
            case NO, UNDECIDED -> transitions.dismiss(KIND, realmId, id);
        };
    }

    private static List<State> orAll(List<State> states) {
        return states.isEmpty() ? List.of(State.values()) : states;
    }
}
