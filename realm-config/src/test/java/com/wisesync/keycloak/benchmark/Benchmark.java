package com.wisesync.keycloak.benchmark;

import static com.wisesync.keycloak.benchmark.Target.atLeast;
import static com.wisesync.keycloak.benchmark.Target.atMost;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.Distribution;
import com.wisesync.keycloak.testing.House;
import com.wisesync.keycloak.testing.KeycloakProcess;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Mailbox;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Server;
import com.wisesync.keycloak.testing.ServerSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.UserRepresentation;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Ours beside stock Keycloak, on one machine and in one run: see {@code providers/README.md}. Started by
 * {@code mvn -Pbenchmark verify}; {@code -Dbenchmark.quick} for a rough answer.
 */
public final class Benchmark {

    /** Accounts of an ordinary size, and those with a size of their own. */
    private static final int ORDINARY = 976;

    private static final int LARGE = 2001;
    private static final int FIFTY_COMPANIES = 2002;
    private static final int FEW_COMPANIES = 2003;
    private static final int MANY_COMPANIES = 2004;
    private static final int WRITES = 2005;

    private static final int PEOPLE = 100;

    private final boolean quick = System.getProperty("benchmark.quick") != null;
    private final Interleaved interleaved =
            quick ? new Interleaved(3, TimeValue.seconds(1)) : new Interleaved(7, TimeValue.seconds(4));
    private final AtomicInteger serial = new AtomicInteger();
    private final List<Row> rows = new ArrayList<>();
    private final Mailbox mailbox;
    private final WireMockServer wisePay;

    private Benchmark(Mailbox mailbox, WireMockServer wisePay) {
        this.mailbox = mailbox;
        this.wisePay = wisePay;
    }

    public static void main(String[] arguments) throws Exception {
        WireMockServer wisePay =
                new WireMockServer(WireMockConfiguration.options().dynamicPort().containerThreads(60));
        wisePay.start();
        try (Mailbox mailbox = Mailbox.start()) {
            new Benchmark(mailbox, wisePay).run();
        } finally {
            wisePay.stop();
        }
    }

    private void run() throws Exception {
        wisePay.stubFor(
                WireMock.get(WireMock.urlPathEqualTo("/v1/links")).willReturn(WireMock.okJson("{\"links\":[]}")));
        answersAfter(0);
        Path logs = Files.createTempDirectory(House.target(), "postgres-log");
        logs.toFile().setWritable(true, false);
        Distribution ours = Distribution.oursOnPostgres();
        try (EmbeddedPostgres postgres = Statements.countable(logs)) {
            DataSource full = database(postgres, "full");
            DataSource small = database(postgres, "small");
            try (KeycloakProcess server = start(ours, "benchmark-full", postgres, "full");
                    KeycloakProcess smallServer = start(ours, "benchmark-small", postgres, "small")) {
                fill(full);
                new Fill(small).accounts(1, 10, 3, PEOPLE);
                Bench bench = Bench.of(server);
                lists(bench, Bench.of(smallServer));
                writes(bench);
                tokens(bench);
                disabling(bench);
                waiting(bench, full);
                statements(bench, new Statements(full, logs));
            }
        }
        memory();
        report();
    }

    private static void fill(DataSource database) throws Exception {
        Fill fill = new Fill(database);
        fill.accounts(1, ORDINARY, 3, PEOPLE);
        fill.accounts(LARGE, LARGE, 3, 2000);
        fill.accounts(FIFTY_COMPANIES, FIFTY_COMPANIES, 50, PEOPLE);
        fill.accounts(FEW_COMPANIES, FEW_COMPANIES, 5, PEOPLE);
        fill.accounts(MANY_COMPANIES, MANY_COMPANIES, 1000, PEOPLE);
        fill.accounts(WRITES, WRITES, 3, PEOPLE);
    }

    private void lists(Bench bench, Bench small) throws Exception {
        Ours ours = new Ours(bench.ours());
        Stock stock = new Stock(bench.stock());
        rows.add(interleaved.times(
                "page of 20 users with role, companies, 2FA",
                "stock: members, role mappings and credentials of each",
                atMost(0.10),
                () -> ours.page(someAccount(ORDINARY), somePage()),
                () -> stock.membersInFull(someAccount(ORDINARY), somePage())));
        rows.add(interleaved.times(
                "the same page",
                "stock: organization members alone",
                atMost(0.35),
                () -> ours.page(someAccount(ORDINARY), somePage()),
                () -> stock.members(someAccount(ORDINARY), somePage())));
        Ours oursSmall = new Ours(small.ours());
        rows.add(interleaved.times(
                "the same page at 100,000 users",
                "at 1,000 users",
                atMost(1.3),
                () -> ours.page(someAccount(ORDINARY), somePage()),
                () -> oursSmall.page(someAccount(10), somePage())));
        rows.add(interleaved.times(
                "substring search in an account of 2,000",
                "the unfiltered page",
                atMost(2),
                () -> ours.search(
                        Fill.accountId(LARGE),
                        "ast" + ThreadLocalRandom.current().nextInt(10, 100)),
                () -> ours.page(Fill.accountId(LARGE), 0)));
    }

    private void writes(Bench bench) throws Exception {
        Ours ours = new Ours(bench.ours());
        Stock stock = new Stock(bench.stock());
        String account = Fill.accountId(WRITES);
        rows.add(interleaved.times(
                "create a user (no password) in one call",
                "stock: user, membership, role, attribute",
                atMost(0.5),
                () -> ours.create(account, newEmail()),
                () -> stock.create(account, newEmail())));

        int imported = quick ? 500 : 5000;
        int sample = quick ? 50 : 200;
        List<Double> ratios = new ArrayList<>();
        double seconds = 0;
        double singles = 0;
        int runs = quick ? 1 : 2;
        for (int round = 0; round < runs; round++) {
            String prefix = "i" + serial.incrementAndGet();
            double bulk = seconds(() -> ours.importUsers(account, prefix, imported));
            double single = seconds(() -> {
                        for (int i = 0; i < sample; i++) {
                            ours.create(account, newEmail());
                        }
                    })
                    * imported
                    / sample;
            ratios.add(bulk / single);
            seconds += bulk / runs;
            singles += single / runs;
        }
        rows.add(Row.ratio(
                "%,d-row import".formatted(imported),
                "single creates (a sample of %d)".formatted(sample),
                "s",
                seconds,
                singles,
                ratios,
                atMost(0.2)));
        rows.add(Row.counted(
                "%,d-row import without passwords".formatted(imported),
                "-",
                "s",
                seconds,
                0,
                seconds,
                atMost(imported * 60 / 5000)));
    }

    private void tokens(Bench bench) throws Exception {
        Person fifty = person(FIFTY_COMPANIES, 0);
        Refresh withScope = Refresh.of(bench.server(), Application.WISE_SYNC, fifty, mailbox);
        Refresh without = Refresh.of(bench.server(), Bench.PLAIN, fifty, mailbox);
        rows.add(interleaved.throughput(
                "refresh token, scope wise-sync, 50 companies",
                "the same client without our scope",
                2,
                atLeast(0.95),
                withScope::run,
                without::run));
        Refresh many = Refresh.of(bench.server(), Application.WISE_SYNC, person(MANY_COMPANIES, 0), mailbox);
        Refresh few = Refresh.of(bench.server(), Application.WISE_SYNC, person(FEW_COMPANIES, 0), mailbox);
        rows.add(interleaved.throughput(
                "refresh token, account-admin with 1,000 companies", "with 5", 2, atLeast(0.9), many::run, few::run));
    }

    private void disabling(Bench bench) throws Exception {
        Ours ours = new Ours(bench.ours());
        AtomicInteger next = new AtomicInteger(PEOPLE);
        Work disable = () -> {
            int n = next.getAndIncrement();
            ours.disable(Fill.accountId(1 + n / (PEOPLE - 1)), Fill.userId(1 + n / (PEOPLE - 1), 1 + n % (PEOPLE - 1)));
        };
        rows.add(interleaved.times(
                "disable, receiver hung",
                "receiver healthy",
                atMost(1.05),
                () -> answersAfter(60_000),
                () -> answersAfter(0),
                disable,
                disable));
        answersAfter(0);
    }

    private void waiting(Bench bench, DataSource database) throws Exception {
        AtomicInteger next = new AtomicInteger();
        // An account that asks nobody for a code, whose mail would be what takes the time.
        Work logIn = () -> new Login(bench.server(), Application.WISE_SYNC)
                .as(person(800 + next.incrementAndGet() % 50, 1), mailbox);
        rows.add(interleaved.times(
                "login, 10,000 entries waiting",
                "none waiting",
                atMost(1.05),
                () -> Fill.waiting(database, 10_000),
                () -> Fill.waiting(database, 0),
                logIn,
                logIn));
        Fill.waiting(database, 0);
    }

    private void statements(Bench bench, Statements statements) throws Exception {
        Ours ours = new Ours(bench.ours());
        rows.add(counted("SQL statements: one page", "-", statements.of(() -> ours.page(Fill.accountId(7), 20)), 0, 6));
        Person fifty = person(FIFTY_COMPANIES, 0);
        Refresh with = Refresh.of(bench.server(), Application.WISE_SYNC, fifty, mailbox);
        Refresh without = Refresh.of(bench.server(), Bench.PLAIN, fifty, mailbox);
        rows.add(counted(
                "SQL statements: one warm token, more than stock",
                "the same client without our scope",
                statements.of(with::run),
                statements.of(without::run),
                0));
        AtomicInteger next = new AtomicInteger(1);
        try (Keycloak admin = bench.server().adminClient()) {
            RealmResource stockRealm = StockRealm.in(admin);
            Iterator<UserRepresentation> people = StockRealm.people(stockRealm).iterator();
            rows.add(counted(
                    "SQL statements: one disable, more than stock",
                    "stock PUT of a user, in a realm without us",
                    statements.of(() -> ours.disable(Fill.accountId(900), Fill.userId(900, next.getAndIncrement()))),
                    statements.of(() -> StockRealm.disable(stockRealm, people.next())),
                    2));
        }
    }

    private static Row counted(String work, String yardstick, int ours, int theirs, int most) {
        return Row.counted(work, yardstick, "statements", ours, theirs, (double) ours - theirs, atMost(most));
    }

    /** Fresh servers on fresh databases, the same logins on each: ours with our realm, stock with its own of that size. */
    private void memory() throws Exception {
        int logins = quick ? 50 : 300;
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            double[] used = new double[2];
            Distribution[] distributions = {Distribution.oursOnPostgres(), Distribution.stockOnPostgres()};
            for (int i = 0; i < distributions.length; i++) {
                String name = i == 0 ? "ours" : "stock";
                DataSource database = database(postgres, name);
                ServerSettings settings = settings("benchmark-memory-" + name, postgres, name);
                if (i == 1) {
                    settings = settings.withRealm(StockRealm.json(Server.REALM));
                }
                try (KeycloakProcess server = KeycloakProcess.start(distributions[i], settings)) {
                    new Fill(database).accounts(1, 10, 3, PEOPLE);
                    for (int n = 0; n < logins; n++) {
                        new Login(server, Application.WISE_SYNC).as(person(1 + n % 10, 1 + (n / 10) % 3), mailbox);
                    }
                    used[i] = Memory.megabytes(server);
                }
            }
            rows.add(Row.counted(
                    "memory after %d logins".formatted(logins),
                    "stock after the same logins",
                    "MB",
                    used[0],
                    used[1],
                    used[0] - used[1],
                    atMost(40)));
        }
    }

    private void report() throws Exception {
        Report report = new Report(
                "%d cores, JDK %s, PostgreSQL 18"
                        .formatted(
                                Runtime.getRuntime().availableProcessors(),
                                Runtime.version().feature()),
                LocalDate.now(),
                quick,
                rows);
        report.write(House.target());
        System.out.println();
        System.out.println(report.markdown());
    }

    private KeycloakProcess start(Distribution ours, String name, EmbeddedPostgres postgres, String database) {
        return KeycloakProcess.start(ours, settings(name, postgres, database));
    }

    private ServerSettings settings(String name, EmbeddedPostgres postgres, String database) {
        return ServerSettings.demo(name, mailbox.port(), wisePay.port())
                .withOptions(
                        "--db-url=jdbc:postgresql://localhost:%d/%s".formatted(postgres.getPort(), database),
                        "--db-username=postgres",
                        "--db-password=postgres")
                .withJvmOptions("-Xms512m", "-Xmx1200m");
    }

    private static DataSource database(EmbeddedPostgres postgres, String name) throws Exception {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return postgres.getDatabase("postgres", name);
    }

    private void answersAfter(int millis) {
        wisePay.stubFor(WireMock.post(WireMock.urlPathEqualTo("/v1/link-deactivations"))
                .willReturn(WireMock.okJson("{\"deactivated\":[]}").withFixedDelay(millis)));
    }

    private static Person person(int account, int i) {
        return new Person(Fill.userId(account, i), Fill.username(account, i), Person.DEMO_PASSWORD);
    }

    private static String someAccount(int accounts) {
        return Fill.accountId(ThreadLocalRandom.current().nextInt(1, accounts + 1));
    }

    private static int somePage() {
        return 20 * ThreadLocalRandom.current().nextInt(PEOPLE / 20);
    }

    private String newEmail() {
        return "new-%d@import.example".formatted(serial.incrementAndGet());
    }

    private static double seconds(Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }
}
