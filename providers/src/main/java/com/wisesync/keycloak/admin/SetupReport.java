package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.OptIn;
import com.wisesync.keycloak.SetupCheck;
import com.wisesync.keycloak.SetupCheck.Probe;
import com.wisesync.keycloak.SetupFinding;
import com.wisesync.keycloak.SetupFinding.State;
import com.wisesync.keycloak.access.AccessSetup;
import com.wisesync.keycloak.autotask.AutotaskSetup;
import com.wisesync.keycloak.claims.ApplicationSetup;
import com.wisesync.keycloak.mail.MailSetup;
import com.wisesync.keycloak.role.RoleSetup;
import com.wisesync.keycloak.twofactor.SecondFactorSetup;
import com.wisesync.keycloak.user.RealmSetup;
import com.wisesync.keycloak.wisepay.WisePaySetup;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * The startup check of this node: settings and Vault entries are read in the transaction of the caller, other systems are asked
 * in a thread of their own.
 *
 * <p>At the start of the server every problem of every active realm is logged once. Later, {@link #read} returns the settings
 * as they are now, and {@link #complete} adds the state of the other systems, a few seconds old at most. A system that does not
 * answer in time has its last known state.
 */
final class SetupReport {

    private static final Logger LOG = Logger.getLogger(SetupReport.class);

    private static final List<SetupCheck> CHECKS = List.of(
            new RealmSetup(),
            new RoleSetup(),
            new SecondFactorSetup(),
            new AccessSetup(),
            new ApplicationSetup(),
            new AutotaskSetup(),
            new WisePaySetup(),
            new MailSetup());

    /** The state of the other systems is reused for this long, because several users may open the page. */
    private static final Duration MAX_AGE = Duration.ofSeconds(3);

    /** Longer than it takes until one hung system counts as not reachable (6 seconds), and acceptable for a user who waits. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(7);

    private final Clock clock;
    private final Duration maxWait;
    private final Map<String, Probed> probed = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Void>> probing = new ConcurrentHashMap<>();
    private final ExecutorService executor = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "wise-sync-setup");
        thread.setDaemon(true);
        return thread;
    });

    SetupReport() {
        this(Clock.systemUTC(), MAX_WAIT);
    }

    SetupReport(Clock clock, Duration maxWait) {
        this.clock = clock;
        this.maxWait = maxWait;
    }

    /** The findings about settings, read in a transaction, and the checks of other systems to make after it. */
    record Settings(String realmId, List<SetupFinding> findings, List<Probe> probes) {}

    /** The state of the other systems, by key. */
    private record Probed(Instant at, Map<String, SetupFinding> findings) {

        boolean covers(List<Probe> probes) {
            return probes.stream().map(Probe::key).allMatch(findings::containsKey);
        }
    }

    /** Checks all active realms and logs their problems, without delaying the start. */
    void start(KeycloakSessionFactory factory) {
        executor.execute(() -> {
            try {
                logAll(factory);
            } catch (RuntimeException e) {
                LOG.error("The setup could not be checked", e);
            }
        });
    }

    /** Reads the settings of the realm in the session's context. */
    Settings read(KeycloakSession session, RealmModel realm) {
        return new Settings(realm.getId(), findings(session, realm), probes(session, realm));
    }

    /** All findings. Waits for the other systems, so call it after the transaction. */
    List<SetupFinding> complete(Settings settings) {
        Map<String, SetupFinding> known = settings.probes().isEmpty() ? Map.of() : states(settings);
        List<SetupFinding> findings = new ArrayList<>(settings.findings());
        settings.probes()
                .forEach(probe ->
                        findings.add(known.getOrDefault(probe.key(), SetupFinding.warning(probe.key(), "pending"))));
        return findings;
    }

    private Map<String, SetupFinding> states(Settings settings) {
        Probed last = probed.get(settings.realmId());
        if (last == null
                || !last.covers(settings.probes())
                || last.at().plus(MAX_AGE).isBefore(clock.instant())) {
            refresh(settings)
                    .copy()
                    .completeOnTimeout(null, maxWait.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
            last = probed.get(settings.realmId());
        }
        return last == null ? Map.of() : last.findings();
    }

    /** @return completes when the other systems were asked; the same for all callers at that time */
    private CompletableFuture<Void> refresh(Settings settings) {
        CompletableFuture<Void> started = new CompletableFuture<>();
        CompletableFuture<Void> running = probing.putIfAbsent(settings.realmId(), started);
        if (running != null) {
            return running;
        }
        executor.execute(() -> {
            try {
                probe(settings.realmId(), settings.probes());
            } finally {
                probing.remove(settings.realmId());
                started.complete(null);
            }
        });
        return started;
    }

    private List<SetupFinding> probe(String realmId, List<Probe> probes) {
        List<SetupFinding> findings = new ArrayList<>();
        Map<String, SetupFinding> known = new ConcurrentHashMap<>();
        for (Probe probe : probes) {
            SetupFinding finding;
            try {
                finding = probe.check().call();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return findings;
            } catch (Exception e) {
                LOG.debugf(e, "Realm '%s': %s is not reachable", realmId, probe.key());
                finding = SetupFinding.error(probe.key(), "unreachable", reason(e));
            }
            findings.add(finding);
            known.put(probe.key(), finding);
        }
        probed.put(realmId, new Probed(clock.instant(), known));
        return findings;
    }

    private void logAll(KeycloakSessionFactory factory) {
        List<String> realms = KeycloakModelUtils.runJobInTransactionWithResult(
                factory,
                session -> session.realms()
                        .getRealmsStream()
                        .filter(OptIn::isActive)
                        .map(RealmModel::getId)
                        .toList());
        for (String realmId : realms) {
            List<SetupFinding> findings = new ArrayList<>();
            List<Probe> probes = new ArrayList<>();
            KeycloakModelUtils.runJobInTransaction(factory, session -> {
                RealmModel realm = session.realms().getRealm(realmId);
                session.getContext().setRealm(realm);
                findings.addAll(findings(session, realm));
                probes.addAll(probes(session, realm));
            });
            findings.addAll(probe(realmId, probes));
            KeycloakModelUtils.runJobInTransaction(factory, session -> log(session, realmId, findings));
        }
    }

    private static void log(KeycloakSession session, String realmId, List<SetupFinding> findings) {
        RealmModel realm = session.realms().getRealm(realmId);
        session.getContext().setRealm(realm);
        Texts texts = new Texts(session, Locale.ENGLISH);
        List<SetupFinding> problems =
                findings.stream().filter(finding -> finding.state() != State.OK).toList();
        problems.forEach(finding -> LOG.log(
                finding.state() == State.ERROR ? Logger.Level.ERROR : Logger.Level.WARN,
                "Realm '%s': %s".formatted(realm.getName(), texts.format(finding))));
        LOG.infof("Realm '%s': %d checks of the setup, %d problems", realm.getName(), findings.size(), problems.size());
    }

    private static List<SetupFinding> findings(KeycloakSession session, RealmModel realm) {
        List<SetupFinding> findings = new ArrayList<>();
        CHECKS.forEach(check -> check.findings(session, realm).forEach(findings::add));
        return findings;
    }

    private static List<Probe> probes(KeycloakSession session, RealmModel realm) {
        return CHECKS.stream()
                .flatMap(check -> check.probes(session, realm).stream())
                .toList();
    }

    private static String reason(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
