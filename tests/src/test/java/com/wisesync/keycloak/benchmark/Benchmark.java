package com.wisesync.keycloak.benchmark;

import static com.wisesync.keycloak.benchmark.Target.atLeast;
import static com.wisesync.keycloak.benchmark.Target.atMost;

import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.Distribution;
import com.wisesync.keycloak.testing.KeycloakProcess;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.SourceTree;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Compares the extension with stock Keycloak, on one machine and in one run: see {@code docs/benchmark.md}. Started by
 * {@code mvn -Pbenchmark verify}; {@code -Dbenchmark.quick} gives rough results.
 */
public final class Benchmark {

    /** The number of accounts of an ordinary size. The constants below are the numbers of particular accounts. */
    private static final int ORDINARY = 976;

    private static final int LARGE = 2001;
    private static final int FIFTY_COMPANIES = 2002;
    private static final int FEW_COMPANIES = 2003;
    private static final int MANY_COMPANIES = 2004;
    private static final int WRITES = 2005;
    private static final int TEN_THOUSAND_USERS = 2006;
    private static final int ONE_COMPANY = 2007;

    private static final int PEOPLE = 100;
    private static final int BACKLOG = 1000;

    private final boolean quick = System.getProperty("benchmark.quick") != null;
    private final Interleaved interleaved = quick
            ? new Interleaved(TimeValue.seconds(1), 3, Duration.ofSeconds(8), Instant.MAX)
            : new Interleaved(TimeValue.seconds(2), 7, Duration.ofSeconds(80), Instant.MAX);
    private final AtomicInteger serial = new AtomicInteger();
    private final List<Row> rows = new ArrayList<>();
    private final BenchmarkEnvironment environment;

    private Benchmark(BenchmarkEnvironment environment) {
        this.environment = environment;
    }

    public static void main(String[] arguments) throws Exception {
        try (BenchmarkEnvironment environment = new BenchmarkEnvironment()) {
            new Benchmark(environment).run();
        }
    }

    private void run() throws Exception {
        Distribution distribution = Distribution.withExtensionOnPostgres();
        try (EmbeddedPostgres postgres = BenchmarkEnvironment.postgres()) {
            DataSource large = BenchmarkEnvironment.database(postgres, "large");
            DataSource small = BenchmarkEnvironment.database(postgres, "small");
            try (KeycloakProcess server = KeycloakProcess.start(distribution, environment.settings(postgres, "large"));
                    KeycloakProcess smallServer =
                            KeycloakProcess.start(distribution, environment.settings(postgres, "small"))) {
                fill(large);
                new DataGenerator(small).accounts(1, 10, 3, PEOPLE);
                BenchmarkServer bench = BenchmarkServer.of(server);
                BenchmarkServer smallBench = BenchmarkServer.of(smallServer);
                lists(bench, smallBench);
                tokens(bench);
                disabling(bench);
                waiting(bench, large);
                delivering(bench, large);
                writes(bench, large);
                largeAccounts(bench, large);
                delivered(bench, large, smallBench, small);
            }
        }
        add(new Memory(environment).after(quick ? 50 : 300));
        new Statements(environment).rows().forEach(this::add);
        report();
    }

    /** Prints each row at once: the whole table takes a while. */
    private void add(Row row) {
        rows.add(row);
        System.out.println(Report.line(row));
    }

    private static void fill(DataSource database) throws Exception {
        DataGenerator generator = new DataGenerator(database);
        generator.accounts(1, ORDINARY, 3, PEOPLE);
        generator.accounts(LARGE, LARGE, 3, 2000);
        generator.accounts(FIFTY_COMPANIES, FIFTY_COMPANIES, 50, PEOPLE);
        generator.accounts(FEW_COMPANIES, FEW_COMPANIES, 5, PEOPLE);
        generator.accounts(MANY_COMPANIES, MANY_COMPANIES, 5000, PEOPLE);
        generator.accounts(WRITES, WRITES, 3, PEOPLE);
        generator.accounts(TEN_THOUSAND_USERS, TEN_THOUSAND_USERS, 1, 10_000);
        generator.accounts(ONE_COMPANY, ONE_COMPANY, 1, 4_001);
    }

    private void lists(BenchmarkServer bench, BenchmarkServer small) throws Exception {
        ExtensionCalls extension = new ExtensionCalls(bench.extensionApi());
        StockCalls stock = new StockCalls(bench.stockApi());
        add(interleaved.times(
                "page of 20 users with role, companies, 2FA",
                "stock: members, role mappings and credentials of each",
                atMost(0.04),
                () -> extension.page(someAccount(ORDINARY), somePage()),
                () -> stock.membersInFull(someAccount(ORDINARY), somePage())));
        add(interleaved.times(
                "the same page",
                "stock: organization members alone",
                atMost(0.35),
                () -> extension.page(someAccount(ORDINARY), somePage()),
                () -> stock.members(someAccount(ORDINARY), somePage())));
        ExtensionCalls smallExtension = new ExtensionCalls(small.extensionApi());
        add(interleaved.times(
                "the same page at 100,000 users",
                "at 1,000 users",
                atMost(1.2),
                () -> extension.page(someAccount(ORDINARY), somePage()),
                () -> smallExtension.page(someAccount(10), somePage())));
        add(interleaved.times(
                "substring search in an account of 2,000",
                "the unfiltered page",
                atMost(2),
                () -> extension.search(
                        DataGenerator.accountId(LARGE),
                        "ast" + ThreadLocalRandom.current().nextInt(10, 100)),
                () -> extension.page(DataGenerator.accountId(LARGE), 0)));
    }

    private void writes(BenchmarkServer bench, DataSource database) throws Exception {
        ExtensionCalls extension = new ExtensionCalls(bench.extensionApi());
        StockCalls stock = new StockCalls(bench.stockApi());
        String account = DataGenerator.accountId(WRITES);
        // The invitations of a turn are mailed before the next turn.
        Runnable settled = () -> BenchmarkEnvironment.settle(database);
        add(interleaved.times(
                "create a user (no password) in one call",
                "stock: user, membership, role, attribute",
                atMost(0.45),
                settled,
                settled,
                () -> extension.create(account, newEmail()),
                () -> stock.create(account, newEmail())));

        int imported = quick ? 500 : 5000;
        int sample = quick ? 50 : 200;
        List<Double> bulks = new ArrayList<>();
        List<Double> singles = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        int runs = quick ? 1 : 3;
        for (int round = 0; round < runs; round++) {
            String prefix = "i" + serial.incrementAndGet();
            // The invitations of users created before would add load.
            BenchmarkEnvironment.settle(database);
            double bulk = seconds(() -> extension.importUsers(account, prefix, imported));
            BenchmarkEnvironment.settle(database);
            double single = seconds(() -> {
                        for (int i = 0; i < sample; i++) {
                            extension.create(account, newEmail());
                        }
                    })
                    * imported
                    / sample;
            bulks.add(bulk);
            singles.add(single);
            ratios.add(bulk / single);
        }
        add(Row.compared(
                "%,d-row import".formatted(imported),
                "single creates (a sample of %d)".formatted(sample),
                "s",
                bulks,
                singles,
                ratios,
                atMost(0.2)));
        add(Row.repeated(
                "%,d-row import without passwords".formatted(imported), "s", bulks, atMost(imported * 60.0 / 5000)));
    }

    private void tokens(BenchmarkServer bench) throws Exception {
        Person fifty = DataGenerator.person(FIFTY_COMPANIES, 0);
        Refresh withScope = Refresh.of(bench.server(), Application.WISE_SYNC, fifty, environment.mailbox());
        Refresh without = Refresh.of(bench.server(), BenchmarkServer.PLAIN, fifty, environment.mailbox());
        add(interleaved.throughput(
                "refresh token, scope wise-sync, 50 companies",
                "the same client without our scope",
                2,
                atLeast(0.97),
                withScope::run,
                without::run));
        Refresh many = Refresh.of(
                bench.server(), Application.WISE_SYNC, DataGenerator.person(MANY_COMPANIES, 0), environment.mailbox());
        Refresh few = Refresh.of(
                bench.server(), Application.WISE_SYNC, DataGenerator.person(FEW_COMPANIES, 0), environment.mailbox());
        add(interleaved.throughput(
                "refresh token, account-admin with 5,000 companies", "with 5", 2, atLeast(0.9), many::run, few::run));
    }

    private void disabling(BenchmarkServer bench) throws Exception {
        ExtensionCalls extension = new ExtensionCalls(bench.extensionApi());
        AtomicInteger next = new AtomicInteger(PEOPLE);
        Work disable = () -> {
            int n = next.getAndIncrement();
            extension.disable(
                    DataGenerator.accountId(1 + n / (PEOPLE - 1)),
                    DataGenerator.userId(1 + n / (PEOPLE - 1), 1 + n % (PEOPLE - 1)));
        };
        add(interleaved.times(
                "disable, receiver hung",
                "receiver healthy",
                atMost(1.05),
                () -> environment.wisePayAnswersAfter(60_000),
                () -> environment.wisePayAnswersAfter(0),
                disable,
                disable));
        environment.wisePayAnswersAfter(0);
    }

    private void waiting(BenchmarkServer bench, DataSource database) throws Exception {
        AtomicInteger next = new AtomicInteger();
        // An account without emailed codes, because sending them would dominate the time.
        Work logIn = () -> new Login(bench.server(), Application.WISE_SYNC)
                .as(DataGenerator.person(800 + next.incrementAndGet() % 50, 1), environment.mailbox());
        add(interleaved.times(
                "login, 10,000 entries waiting",
                "none waiting",
                atMost(1.05),
                () -> DataGenerator.waiting(database, 10_000),
                () -> DataGenerator.waiting(database, 0),
                logIn,
                logIn));
        DataGenerator.waiting(database, 0);
    }

    private void delivering(BenchmarkServer bench, DataSource database) {
        ExtensionCalls extension = new ExtensionCalls(bench.extensionApi());
        environment.wisePayAnswersAfter(50);
        environment.forgetDeactivations();
        Map<String, Instant> disabled = new HashMap<>();
        for (int n = 1; n < PEOPLE; n++) {
            String user = DataGenerator.userId(700, n);
            extension.disable(DataGenerator.accountId(700), user);
            disabled.put(user, Instant.now());
        }
        BenchmarkEnvironment.settle(database);
        double p95 = environment.deactivations().stream()
                .mapToDouble(sent ->
                        Duration.between(disabled.get(sent.user()), sent.at()).toMillis() / 1000.0)
                .sorted()
                .skip(disabled.size() * 95L / 100)
                .findFirst()
                .orElseThrow();
        add(Row.counted("from a change to Wise-Pay, 95th percentile", "s", p95, atMost(2)));

        environment.forgetDeactivations();
        DataGenerator.due(database, BACKLOG);
        BenchmarkEnvironment.settle(database);
        List<BenchmarkEnvironment.Deactivation> arrivals = environment.deactivations();
        // Without the first and the last, when some threads have nothing to send.
        Duration most = Duration.between(
                arrivals.get(BACKLOG / 10).at(), arrivals.get(BACKLOG * 8 / 10).at());
        double perSecond = 0.7 * BACKLOG / (most.toMillis() / 1000.0);
        add(Row.counted("deliver what waits, 50 ms each", "1/s", perSecond, atLeast(50)));
        environment.wisePayAnswersAfter(0);
    }

    private void largeAccounts(BenchmarkServer bench, DataSource database) throws Exception {
        ExtensionCalls extension = new ExtensionCalls(bench.extensionApi());
        String large = DataGenerator.accountId(TEN_THOUSAND_USERS);
        add(interleaved.times(
                "page sorted by last login and filtered, in an account of 10,000",
                "unfiltered",
                atMost(2),
                () -> extension.sortedByLastLogin(large),
                () -> extension.page(large, 0)));
        add(interleaved.times(
                "substring search in an account of 10,000",
                "the unfiltered page",
                atMost(2),
                () -> extension.search(
                        large, "ast" + ThreadLocalRandom.current().nextInt(10, 100)),
                () -> extension.page(large, 0)));
        add(interleaved.times(
                "change one company of 5,000",
                "one of 5",
                atMost(3),
                () -> extension.renameCompany(DataGenerator.accountId(MANY_COMPANIES), "c1", newName()),
                () -> extension.renameCompany(DataGenerator.accountId(FEW_COMPANIES), "c1", newName())));
        double disconnect = seconds(() -> extension.disconnect(DataGenerator.accountId(ONE_COMPANY), "c1"));
        add(Row.counted("disconnect a company of 4,000 users", "s", disconnect, atMost(3)));
        double disable = seconds(() -> extension.disableAccount(large, "Account " + TEN_THOUSAND_USERS));
        add(Row.counted("disable an account of 10,000 users", "s", disable, atMost(20)));
        // Delivery is not measured.
        DataGenerator.waiting(database, 0);
    }

    /** A year of deactivations, compared with a small installation with 2,000. */
    private void delivered(BenchmarkServer bench, DataSource database, BenchmarkServer small, DataSource smallDatabase)
            throws Exception {
        ExtensionCalls extension = new ExtensionCalls(bench.extensionApi());
        ExtensionCalls smallExtension = new ExtensionCalls(small.extensionApi());
        int entries = quick ? 200_000 : 2_000_000;
        int few = 2_000;
        DataGenerator.delivered(database, entries, 0);
        DataGenerator.delivered(smallDatabase, few, 0);
        for (String query : List.of("", "&status=delivered", "&status=delivered&first=5000")) {
            // In the small installation, the last page corresponds to the one in the middle.
            String smallQuery = query.replace("first=5000", "first=1000");
            add(interleaved.times(
                    "staff list%s, %,d delivered entries".formatted(query.replace("&", " "), entries),
                    "%,d".formatted(few),
                    atMost(2),
                    () -> extension.deactivations(query),
                    () -> smallExtension.deactivations(smallQuery)));
        }
        add(interleaved.times(
                "list of one user, %,d delivered entries".formatted(entries),
                "%,d".formatted(few),
                atMost(2),
                () -> extension.deactivationsOf(DataGenerator.accountId(1), DataGenerator.userId(1, 1)),
                () -> smallExtension.deactivationsOf(DataGenerator.accountId(1), DataGenerator.userId(1, 1))));
    }

    private void report() throws Exception {
        Report report = new Report(
                "%d cores, JDK %s, PostgreSQL 18"
                        .formatted(
                                Runtime.getRuntime().availableProcessors(),
                                Runtime.version().feature()),
                LocalDate.now(ZoneOffset.UTC),
                quick,
                rows);
        report.write(SourceTree.target());
        System.out.println();
        System.out.println(report.markdown());
    }

    private static String someAccount(int accounts) {
        return DataGenerator.accountId(ThreadLocalRandom.current().nextInt(1, accounts + 1));
    }

    private static int somePage() {
        return 20 * ThreadLocalRandom.current().nextInt(PEOPLE / 20);
    }

    private String newName() {
        return "Company " + serial.incrementAndGet();
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
