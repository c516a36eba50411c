package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.Refusal.Reason;
import com.wisesync.keycloak.access.LoginAge;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.Accounts;
import com.wisesync.keycloak.admin.ImportReps.ImportReportRep;
import com.wisesync.keycloak.mail.RememberedRequest;
import com.wisesync.keycloak.outbox.Transitions.Transition;
import com.wisesync.keycloak.outbox.WorkLease;
import com.wisesync.keycloak.user.Actor;
import com.wisesync.keycloak.user.CommittedRights;
import com.wisesync.keycloak.user.PasswordHashing;
import com.wisesync.keycloak.user.UserImport;
import com.wisesync.keycloak.user.UserServices;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * One import that goes on after its request was answered: checks all rows, hashes the passwords outside of any transaction,
 * then creates the users if the caller still may. The result commits with the users, so an import that is reported as failed
 * has created none.
 */
final class ImportJob implements Runnable {

    private static final Logger LOG = Logger.getLogger(ImportJob.class);

    private static final String UNEXPECTED = "wiseSyncImportFailed";

    /** Longer than the default of the server, which is meant for requests. */
    private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(30);

    private final KeycloakSessionFactory factory;
    private final String realmId;
    private final String accountId;
    private final String id;
    private final Order order;
    private final WorkLease lease;

    /** Two steps for each row: hash the password, create the user. */
    private final AtomicInteger steps = new AtomicInteger();

    ImportJob(KeycloakSessionFactory factory, String realmId, String accountId, String id, Order order) {
        this.factory = factory;
        this.realmId = realmId;
        this.accountId = accountId;
        this.id = id;
        this.order = order;
        this.lease =
                new WorkLease(factory, Imports.KIND, realmId, id, Imports.LEASE, () -> String.valueOf(steps.get() / 2));
    }

    /** Runs the import when a thread is free. It is leased while it waits for one, too. */
    void start(Executor executor) {
        lease.keep();
        executor.execute(this);
    }

    @Override
    public void run() {
        try (lease) {
            Optional<PasswordHashing> hashing = KeycloakModelUtils.runJobInTransactionWithResult(factory, this::check);
            if (hashing.isPresent()) {
                Map<Integer, PasswordCredentialModel> hashes = hashing.get().hash(order.rows(), steps::incrementAndGet);
                KeycloakModelUtils.runJobInTransactionWithTimeout(
                        factory, session -> create(session, hashes), (int) TRANSACTION_TIMEOUT.toSeconds());
            }
        } catch (Refusal refusal) {
            fail(refusal.reasons().get(0));
        } catch (Throwable e) {
            // Errors too: the import would appear to run until its lease ends.
            LOG.errorf(e, "Import '%s' of account '%s' failed", id, accountId);
            fail(Reason.of(null, UNEXPECTED));
        }
    }

    /** Ends the import if a row is invalid or nothing is to be changed; otherwise returns what hashes the passwords. */
    private Optional<PasswordHashing> check(KeycloakSession session) {
        UserImport users = importing(session);
        if (!order.dryRun() && !UserImport.hasPasswords(order.rows())) {
            return Optional.of(users.hashing());
        }
        UserImport.Result result = users.check(account(session), order.rows(), order.actor());
        if (order.dryRun() || result.wrong() > 0) {
            end(session, result);
            return Optional.empty();
        }
        return Optional.of(users.hashing());
    }

    private void create(KeycloakSession session, Map<Integer, PasswordCredentialModel> hashes) {
        UserImport users = importing(session);
        // Locked first: the caller may be losing their rights right now.
        Account account =
                new Accounts(session).lockForUserChange(account(session)).orElseThrow(Refusal::notFound);
        if (!new CommittedRights(session).stillHas(order.actor(), account)) {
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "wiseSyncImportForbidden");
        }
        UserImport.Result result = users.create(account, order.rows(), hashes, order.actor(), steps::incrementAndGet);
        order.audit().apply(session).imported(account, result);
        end(session, result);
    }

    /** Ends the entry, in the transaction that creates the users. */
    private void end(KeycloakSession session, UserImport.Result result) {
        ImportReportRep report = ImportReportRep.of(order.lines(), result, order.dryRun(), order.texts());
        Transition ended = Imports.outbox(session)
                .transitions()
                .end(Imports.KIND, realmId, id, result.wrong() == 0, Imports.write(report));
        if (ended != Transition.DONE) {
            throw new IllegalStateException("The lease of the import was lost");
        }
    }

    private void fail(Reason reason) {
        ImportReportRep report =
                ImportReportRep.failed(reason, order.dryRun(), order.lines().size(), order.texts());
        KeycloakModelUtils.runJobInTransaction(
                factory,
                session -> Imports.outbox(session)
                        .transitions()
                        .end(Imports.KIND, realmId, id, false, Imports.write(report)));
    }

    private UserImport importing(KeycloakSession session) {
        session.getContext().setRealm(session.realms().getRealm(realmId));
        session.getContext().setHttpRequest(RememberedRequest.at(order.baseUri()));
        return new UserServices(session).importing();
    }

    private Account account(KeycloakSession session) {
        return new Accounts(session).find(accountId).orElseThrow(Refusal::notFound);
    }

    /**
     * What a job needs from the request that started it, without its session.
     *
     * @param baseUri the base URI of the request, for links in invitations
     * @param audit the trail of the caller in another session
     */
    record Order(
            List<CsvFile.Line> lines,
            boolean dryRun,
            Actor actor,
            Texts texts,
            URI baseUri,
            Function<KeycloakSession, AuditTrail> audit) {

        Order {
            lines = List.copyOf(lines);
        }

        /** @param caller whose rights have been checked; the job goes on when the request's session has ended */
        static Order of(List<CsvFile.Line> lines, boolean dryRun, Caller caller, Request request) {
            return new Order(
                    lines,
                    dryRun,
                    new RequestedBy(caller.userId(), caller.isStaff(), caller.isAccountAdmin()),
                    request.texts(),
                    request.session().getContext().getUri().getBaseUri(),
                    request::audit);
        }

        List<UserImport.Row> rows() {
            return lines.stream().map(CsvFile.Line::row).toList();
        }

        private record RequestedBy(String userId, boolean isStaff, boolean isAccountAdmin) implements Actor {

            /** Always refuses: a job has no login. Creating users does not need it. */
            @Override
            public void requireRecentLogin() {
                throw LoginAge.tooOld();
            }
        }
    }
}
