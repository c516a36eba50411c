package com.wisesync.keycloak.benchmark;

import static com.wisesync.keycloak.benchmark.Target.atMost;

import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.twofactor.AuthenticatorApp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.awaitility.Awaitility;

/** Requests that need no email, while 40 logins wait for a mail server that does not answer, and while none does. */
final class HungMailServer {

    private static final int LOGINS = 40;

    /** The number of logins per node that may wait for the mail server at the same time; others are refused. */
    private static final int SENDING = 16;

    private static final int ADMIN = 0;
    private static final int WITH_APP = 4;

    private final BenchmarkEnvironment environment;
    private final BenchmarkServer server;
    private final DataSource database;
    private final int accounts;
    private final List<Future<?>> waiting = new ArrayList<>();
    private int codes;
    private int apps;

    /** @param accounts the number of ordinary accounts to log in to */
    HungMailServer(BenchmarkEnvironment environment, BenchmarkServer server, DataSource database, int accounts) {
        this.environment = environment;
        this.server = server;
        this.database = database;
        this.accounts = accounts;
    }

    List<Row> rows(Interleaved interleaved) throws Exception {
        Refresh refresh = Refresh.of(
                server.server(),
                Application.WISE_SYNC,
                DataGenerator.person(BenchmarkData.FIFTY_COMPANIES, 0),
                environment.mailbox());
        ExtensionCalls extension = new ExtensionCalls(server.extensionApi());
        ExecutorService logins = Executors.newFixedThreadPool(LOGINS);
        try {
            return List.of(
                    row(interleaved, logins, "refresh token", refresh::run),
                    row(interleaved, logins, "login with an app's code", this::logInWithApp),
                    row(
                            interleaved,
                            logins,
                            "page of 20 users",
                            () -> extension.page(DataGenerator.accountId(BenchmarkData.WRITES), 20)));
        } finally {
            answer();
            logins.shutdownNow();
        }
    }

    private Row row(Interleaved interleaved, ExecutorService logins, String name, Work work) throws Exception {
        Row row = interleaved.times(
                name + ", 40 logins wait for a hung mail server",
                "none waits",
                atMost(1.2),
                () -> hang(logins),
                this::answer,
                work,
                work);
        answer();
        return row;
    }

    /** The logins wait longer than a turn takes. */
    private void hang(ExecutorService logins) {
        answer();
        environment.holdEmails(database);
        for (int i = 0; i < LOGINS; i++) {
            Person admin = DataGenerator.person(1 + codes++ % accounts, ADMIN);
            waiting.add(logins.submit(() -> {
                Login login = new Login(server.server(), Application.WISE_SYNC);
                login.password(login.start(), admin);
            }));
        }
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> unfinished() <= SENDING);
    }

    private void answer() {
        environment.releaseEmails(database);
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> unfinished() == 0);
        waiting.clear();
    }

    private long unfinished() {
        return waiting.stream().filter(login -> !login.isDone()).count();
    }

    private void logInWithApp() {
        AuthenticatorApp app = new AuthenticatorApp("", DataGenerator.APP_SECRET);
        Login login = new Login(server.server(), Application.WISE_SYNC);
        login.tokens(
                login.through(login.start(), DataGenerator.person(1 + apps++ % accounts, WITH_APP), app::nextCode));
    }
}
