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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * The startup check of this node: settings and Vault entries are read in the transaction of the caller, other systems are
 * asked in a thread of their own.
 *
 * <p>At the start of the server every problem of every active realm is logged once. {@link #current} returns the settings as
 * they are now, with the last known state of the other systems, and asks these again for the next call.
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

    private final Map<String, Map<String, SetupFinding>> probed = new ConcurrentHashMap<>();
    private final Set<String> probing = ConcurrentHashMap.newKeySet();
    private final ExecutorService executor = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "wise-sync-setup");
        thread.setDaemon(true);
        return thread;
    });

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

    /** The findings of the realm in the session's context. */
    List<SetupFinding> current(KeycloakSession session, RealmModel realm) {
        List<SetupFinding> findings = findings(session, realm);
        List<Probe> probes = probes(session, realm);
        Map<String, SetupFinding> known = probed.getOrDefault(realm.getId(), Map.of());
        probes.forEach(
                probe -> findings.add(known.getOrDefault(probe.key(), SetupFinding.warning(probe.key(), "pending"))));
        refresh(realm.getId(), probes);
        return findings;
    }

    private void refresh(String realmId, List<Probe> probes) {
        if (!probing.add(realmId)) {
            return;
        }
        executor.execute(() -> {
            try {
                probe(realmId, probes);
            } finally {
                probing.remove(realmId);
            }
        });
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
        probed.put(realmId, known);
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
