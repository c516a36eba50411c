package com.wisesync.keycloak.wisepay;

import com.wisesync.keycloak.outbox.DeliveryError;
import com.wisesync.keycloak.outbox.NewEntry;
import com.wisesync.keycloak.outbox.Outbox;
import com.wisesync.keycloak.outbox.StoredEntries;
import com.wisesync.keycloak.outbox.StoredEntry;
import com.wisesync.keycloak.outbox.StoredEntry.State;
import com.wisesync.keycloak.outbox.UnusableSecretException;
import com.wisesync.keycloak.outbox.VaultSecret;
import com.wisesync.keycloak.wisepay.LinkOwners.Owner;
import com.wisesync.keycloak.wisepay.LinkOwners.OwnerState;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Finds users without access who have active links at Wise-Pay: a database was restored, the extension was installed late, a path
 * was not detected. It reads all active links first and looks up their owners by id, so that it scans no table.
 *
 * <p>It never deactivates a valid link by mistake, because links cannot be reactivated. It sends an entry only for users who are
 * disabled here, or who existed here and were deleted. Everything else is held until staff decide: users who are unknown here,
 * links that are newer than a delivered or dismissed entry, and all entries of a run that would affect suspiciously many users.
 */
final class Reconciliation {

    private static final Logger LOG = Logger.getLogger(Reconciliation.class);

    private static final int BATCH = 200;

    /** A run that affects more users than both limits is held. */
    private static final int SUSPICIOUS_USERS = 20;

    private static final int SUSPICIOUS_PERCENT = 5;

    /** Searching the events may scan their tables. Users beyond this number are held without a search. */
    private static final int MAX_EVENT_SEARCHES = 20;

    private final KeycloakSessionFactory factory;
    private final WisePay wisePay;

    Reconciliation(KeycloakSessionFactory factory, WisePay wisePay) {
        this.factory = factory;
        this.wisePay = wisePay;
    }

    /** Reconciles one realm. Must not be called in a transaction; opens short ones itself. */
    void run(String realmId) throws InterruptedException {
        try {
            String apiKey = apiKey(realmId);
            Run run = new Run(realmId);
            new ActiveLinks((first, max) -> wisePay.api().activeLinks(first, max, apiKey)).forEachPage(run::read);
            run.decide();
            run.refreshNotes();
        } catch (UnusableSecretException e) {
            LOG.errorf("Realm '%s' can't be reconciled with Wise-Pay's links: %s", realmId, e.getMessage());
        } catch (ActiveLinks.IncompleteException e) {
            LOG.errorf("Realm '%s' can't be reconciled with Wise-Pay's links: %s", realmId, e.getMessage());
        } catch (UnexpectedAnswerException e) {
            // The message is our own. It names the status, such as the 401 of a refused API key.
            LOG.warnf("Realm '%s' can't be reconciled with Wise-Pay's links now: %s", realmId, e.getMessage());
        } catch (IOException e) {
            LOG.warnf(
                    "Realm '%s' can't be reconciled with Wise-Pay's links now: %s",
                    realmId, e.getClass().getSimpleName());
        }
    }

    private String apiKey(String realmId) throws UnusableSecretException {
        Object key = inRealm(realmId, session -> {
            try {
                return VaultSecret.apiKey(wisePay.config().apiKey(), session);
            } catch (UnusableSecretException e) {
                return e;
            }
        });
        if (key instanceof UnusableSecretException e) {
            throw e;
        }
        return (String) key;
    }

    private <T> T inRealm(String realmId, Function<KeycloakSession, T> work) {
        return KeycloakModelUtils.runJobInTransactionWithResult(factory, session -> {
            RealmModel realm = session.realms().getRealm(realmId);
            if (realm == null) {
                throw new IllegalStateException("Realm " + realmId + " was deleted");
            }
            session.getContext().setRealm(realm);
            return work.apply(session);
        });
    }

    /** One run over one realm. */
    private final class Run {

        private final String realmId;
        private final Set<String> seen = new HashSet<>();
        private final Map<String, List<Link>> affected = new LinkedHashMap<>();
        private final Map<String, Boolean> deletionEvents = new HashMap<>();
        private final HeldLinks heldLinks;
        private int users;

        Run(String realmId) {
            this.realmId = realmId;
            this.heldLinks = inRealm(
                    realmId,
                    session -> new HeldLinks(session.getProvider(Outbox.class)
                            .entries()
                            .list(
                                    DeactivationHandlerFactory.KIND,
                                    realmId,
                                    List.of(State.HELD),
                                    0,
                                    StoredEntries.MAX_COUNT)));
        }

        /** Looks up the owners of a page. Of users who have access, only the id is kept. */
        void read(List<Link> page) {
            List<String> unseen = page.stream()
                    .map(Link::user)
                    .filter(LinkOwners::isId)
                    .filter(seen::add)
                    .toList();
            for (List<String> batch : batches(unseen)) {
                inRealm(realmId, session -> new LinkOwners(session).find(batch)).forEach((id, owner) -> {
                    if (owner.access() != OwnerState.ELSEWHERE) {
                        users++;
                    }
                    if (owner.isAffected()) {
                        affected.put(id, new ArrayList<>());
                    }
                });
            }
            page.stream()
                    .filter(link -> affected.containsKey(link.user()))
                    .forEach(link -> affected.get(link.user()).add(link));
            heldLinks.read(page);
        }

        /** Staff decide about entries that an earlier run has held by the links that are active now. */
        void refreshNotes() {
            heldLinks
                    .changedNotes()
                    .forEach((id, note) -> inRealm(
                            realmId,
                            session -> session.getProvider(Outbox.class)
                                    .transitions()
                                    .note(DeactivationHandlerFactory.KIND, realmId, id, note)));
        }

        /** Decides about the affected users, first only to count, then for each in the transaction that writes. */
        void decide() {
            List<String> changed = new ArrayList<>();
            for (List<String> batch : batches(List.copyOf(affected.keySet()))) {
                changed.addAll(inRealm(realmId, session -> toChange(session, batch)));
            }
            boolean suspicious =
                    changed.size() > SUSPICIOUS_USERS && changed.size() * 100L > users * (long) SUSPICIOUS_PERCENT;
            if (suspicious) {
                LOG.errorf(
                        "Reconciling realm '%s' affects %d of the %d users with active links at Wise-Pay. All entries are held"
                                + " until staff release or dismiss them. Was a database restored, or is this another server's"
                                + " Wise-Pay?",
                        realmId, changed.size(), users);
            }
            for (List<String> batch : batches(changed)) {
                inRealm(realmId, session -> {
                    write(session, batch, suspicious, changed.size());
                    return null;
                });
            }
            LOG.debugf("Reconciled. realm=%s users=%d affected=%d", realmId, users, changed.size());
        }

        private List<String> toChange(KeycloakSession session, List<String> ids) {
            LinkOwners owners = new LinkOwners(session);
            Map<String, Owner> found = owners.find(ids);
            return ids.stream()
                    .filter(id -> found.get(id).isAffected())
                    .filter(id -> decide(owners, found.get(id)).action() != ReconcilingDecision.Action.NONE)
                    .toList();
        }

        private void write(KeycloakSession session, List<String> ids, boolean suspicious, int count) {
            LinkOwners owners = new LinkOwners(session);
            Outbox outbox = session.getProvider(Outbox.class);
            Map<String, Owner> found = owners.find(ids);
            for (String id : ids) {
                Owner owner = found.get(id);
                if (owner.isAffected()) {
                    write(outbox, owner, decide(owners, owner), suspicious, count);
                }
            }
        }

        private void write(Outbox outbox, Owner owner, ReconcilingDecision decision, boolean suspicious, int count) {
            String kind = DeactivationHandlerFactory.KIND;
            StoredEntry entry = decision.entry();
            if (suspicious && !decision.holds()) {
                DeliveryError why = DeliveryError.of("wiseSyncHeldThreshold", count, users);
                switch (decision.action()) {
                    case SEND -> hold(outbox, owner, why);
                    case RESEND ->
                        outbox.transitions()
                                .holdAgain(kind, realmId, entry.entry().id(), why, note(owner));
                    // A failed entry stays with staff.
                    default -> LOG.debugf("Left as it is. user=%s", owner.user().id());
                }
                return;
            }
            switch (decision.action()) {
                case NONE ->
                    LOG.debugf("Nothing to do any more. user=%s", owner.user().id());
                case SEND -> outbox.enqueue(entry(owner));
                case RESEND ->
                    outbox.transitions().resend(kind, realmId, entry.entry().id());
                case RETRY ->
                    outbox.transitions().retry(kind, realmId, entry.entry().id());
                case HOLD_UNKNOWN_USER -> hold(outbox, owner, DeliveryError.of("wiseSyncHeldUnknownUser"));
                case HOLD_NEWER_LINKS -> hold(outbox, owner, DeliveryError.of("wiseSyncHeldNewerLinks"));
                case HOLD_AFTER_DISMISSAL -> hold(outbox, owner, DeliveryError.of("wiseSyncHeldAfterDismissal"));
            }
        }

        private ReconcilingDecision decide(LinkOwners owners, Owner owner) {
            String id = owner.user().id();
            Set<String> links = affected.get(id).stream().map(Link::id).collect(Collectors.toSet());
            return ReconcilingDecision.decide(
                    owner.access() == OwnerState.DISABLED,
                    owners.entries(id),
                    links,
                    () -> hasDeletionEvent(owners, id),
                    Instant.now());
        }

        private boolean hasDeletionEvent(LinkOwners owners, String id) {
            return deletionEvents.size() < MAX_EVENT_SEARCHES
                    ? deletionEvents.computeIfAbsent(id, owners::hasDeletionEvent)
                    : deletionEvents.getOrDefault(id, false);
        }

        private void hold(Outbox outbox, Owner owner, DeliveryError why) {
            outbox.hold(entry(owner), why, note(owner));
        }

        private NewEntry entry(Owner owner) {
            return owner.deactivation().entry(realmId);
        }

        private String note(Owner owner) {
            return LinksJson.note(affected.get(owner.user().id()));
        }
    }

    private static List<List<String>> batches(List<String> ids) {
        List<List<String>> batches = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += BATCH) {
            batches.add(ids.subList(from, Math.min(from + BATCH, ids.size())));
        }
        return batches;
    }
}
