package com.wisesync.keycloak.benchmark;

import static com.wisesync.keycloak.benchmark.Target.atMost;

import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Visitor;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Disabling users who are logged in to three applications, while the applications and Wise-Pay answer or not. */
final class HungReceivers {

    private static final int APPLICATIONS = 3;
    private static final int USERS_PER_TURN = 8;
    private static final int HUNG_MILLIS = 60_000;

    /** Users 1 to 3 of these accounts have no second factor. */
    private static final int FIRST_ACCOUNT = 1;

    private static final int USERS_PER_ACCOUNT = 3;

    private final BenchmarkEnvironment environment;
    private final BenchmarkServer server;
    private final DataSource database;
    private final List<Application> applications;
    private int next;

    HungReceivers(BenchmarkEnvironment environment, BenchmarkServer server, DataSource database) {
        this.environment = environment;
        this.server = server;
        this.database = database;
        this.applications = server.applications(APPLICATIONS, environment::logoutUrl);
    }

    Row row(Interleaved interleaved) throws Exception {
        Row row = interleaved.ratio(
                "disable, three applications and Wise-Pay hung",
                "none hung",
                "ms p50",
                atMost(1.05),
                () -> medianOfTurn(HUNG_MILLIS),
                () -> medianOfTurn(0));
        answerAfter(0);
        return row;
    }

    /** The logins are not timed. What the turn leaves in the outbox is removed, so that the next turn does not deliver it. */
    private double medianOfTurn(int millis) {
        ExtensionCalls extension = new ExtensionCalls(server.extensionApi());
        List<Integer> users = new ArrayList<>();
        for (int i = 0; i < USERS_PER_TURN; i++) {
            users.add(next++);
        }
        users.forEach(n -> logIn(DataGenerator.person(account(n), user(n))));
        answerAfter(millis);
        List<Double> times = new ArrayList<>();
        for (int n : users) {
            long start = System.nanoTime();
            extension.disable(DataGenerator.accountId(account(n)), DataGenerator.userId(account(n), user(n)));
            times.add((System.nanoTime() - start) / 1e6);
        }
        DataGenerator.waiting(database, 0);
        return Spread.of(times).median();
    }

    private void logIn(Person person) {
        Visitor visitor = new Visitor(server.server());
        for (Application application : applications) {
            Login login = new Login(server.server(), application, visitor);
            login.tokens(login.through(login.start(), person, environment.mailbox()));
        }
    }

    private void answerAfter(int millis) {
        environment.wisePayAnswersAfter(millis);
        environment.applicationsAnswerAfter(millis);
    }

    private static int account(int n) {
        return FIRST_ACCOUNT + n / USERS_PER_ACCOUNT;
    }

    private static int user(int n) {
        return 1 + n % USERS_PER_ACCOUNT;
    }
}
