package com.wisesync.keycloak.benchmark;

import static com.wisesync.keycloak.benchmark.Target.atLeast;
import static com.wisesync.keycloak.benchmark.Target.atMost;

import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.Distribution;
import com.wisesync.keycloak.testing.KeycloakProcess;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.SourceTree;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Compares the extension with stock Keycloak, on one machine and in one run: see {@code docs/benchmark.md}. Started by
 * {@code mvn -Pbenchmark verify}; {@code -Dbenchmark.quick} gives rough results, {@code -Dbenchmark.rows=<regex>} only
 * the groups of rows whose names match.
 */
public final class Benchmark {

    private static final int PEOPLE = BenchmarkData.PEOPLE;
    private static final int BACKLOG = 1000;

    /** Ordinary accounts of a group of rows; {@link HungReceivers} uses accounts 1 to 250. */
    private static final int DISABLED_FROM = 251;

    private static final int DELIVERED_FROM = 700;
    private static final int DELIVERED_ACCOUNTS = 2;
    private static final int LOGGED_IN_FROM = 800;

    /** As docs/operate recommends for so many accounts. */
    private static final String ALL_ACCOUNTS_CACHED = "--cache-embedded-realms-max-count=100000";

    /** The statements of Leases#count and Leases#purgeBatch. No API call runs them, so the benchmark queries the database. */
    private static final List<OutboxStatement> OUTBOX_STATEMENTS = List.of(
            new OutboxStatement(
                    "count waiting entries",
                    "SELECT COUNT(*), MIN(created_at) FROM outbox_entry"
                            + " WHERE entry_kind = 'wise-pay' AND status = 'PENDING'"),
            new OutboxStatement(
                    "page of the purge",
                    "SELECT id FROM outbox_entry WHERE entry_kind = 'wise-pay' AND status = 'DELIVERED'"
                            + " AND next_attempt_at < NOW() ORDER BY next_attempt_at LIMIT 1000"));

    /** A statement that the outbox runs by itself. */
    private record OutboxStatement(String name, String sql) {}

    /** The servers of the groups that need the large database, and a small one to compare with. */
    private record Servers(
            BenchmarkServer large, DataSource database, BenchmarkServer small, DataSource smallDatabase) {}

    /** Rows that are measured together. */
    @FunctionalInterface
    private interface Group {

        void measure(Servers servers) throws Exception;
    }

    private final Instant started = Instant.now();
    private final boolean quick = System.getProperty("benchmark.quick") != null;
    private final Predicate<String> selected =
            Pattern.compile(System.getProperty("benchmark.rows", ".*")).asMatchPredicate();
    // With these bounds, a run ends within an hour on two cores, a quick one within ten minutes.
    private final Interleaved interleaved = quick
            ? new Interleaved(
                    TimeValue.milliseconds(700), 3, Duration.ofSeconds(6), started.plus(Duration.ofMinutes(4)))
            : new Interleaved(TimeValue.seconds(2), 7, Duration.ofSeconds(80), started.plus(Duration.ofMinutes(34)));
    private final BenchmarkData data = new BenchmarkData(quick);
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
        Map<String, Group> onServers = groups();
        List<String> names = new ArrayList<>(onServers.keySet());
        names.addAll(List.of("reconciling", "logins", "startup", "memory", "statements"));
        if (names.stream().noneMatch(selected)) {
            throw new IllegalArgumentException("benchmark.rows matches none of " + names);
        }
        onServers.keySet().removeIf(selected.negate());
        if (!onServers.isEmpty() || selected.test("reconciling")) {
            onLargeDatabase(onServers);
        }
        if (selected.test("logins")) {
            new LoginRows(environment, quick).rows(interleaved).forEach(this::add);
        }
        if (selected.test("startup")) {
            add(new StartupRow(environment, quick).row());
        }
        if (selected.test("memory")) {
            add(new Memory(environment).after(quick ? 50 : 300));
        }
        if (selected.test("statements")) {
            new Statements(environment).rows().forEach(this::add);
        }
        report();
    }

    private Map<String, Group> groups() {
        Map<String, Group> groups = new LinkedHashMap<>();
        groups.put("lists", this::lists);
        groups.put("tokens", this::tokens);
        groups.put("mail", this::mail);
        groups.put("disabling", this::disabling);
        groups.put("hung", this::hung);
        groups.put("waiting", this::waiting);
        groups.put("delivering", this::delivering);
        groups.put("creating", this::creating);
        groups.put("scim", this::scim);
        groups.put("large-accounts", this::largeAccounts);
        groups.put("destructive", this::destructive);
        groups.put("delivered", this::delivered);
        groups.put("imports", this::imports);
        return groups;
    }

    private void onLargeDatabase(Map<String, Group> groups) throws Exception {
        Path kept = SourceTree.target().resolve("benchmark-postgresql");
        try (EmbeddedPostgres postgres = BenchmarkEnvironment.postgres(kept)) {
            String name = quick ? "template-quick" : "template";
            KeptDatabase template = new KeptDatabase(postgres, name);
            template.fill(
                    data.content(environment.settings(postgres, name).realm()),
                    (empty, database) -> fill(postgres, empty, database));
            DataSource database = template.copyTo("large");
            environment.receiveEmails(database);
            if (!groups.isEmpty()) {
                template.drop("small");
                DataSource smallDatabase = BenchmarkEnvironment.database(postgres, "small");
                measure(groups, postgres, database, smallDatabase);
                template.drop("small");
            }
            if (selected.test("reconciling")) {
                new ReconcilingRows(environment, data, database)
                        .rows(postgres, "large")
                        .forEach(this::add);
            }
            template.drop("large");
        }
    }

    private void fill(EmbeddedPostgres postgres, String name, DataSource database) throws Exception {
        // Creates the tables and imports the realm.
        KeycloakProcess.start(Distribution.withExtensionOnPostgres(), environment.settings(postgres, name))
                .close();
        data.fill(database);
    }

    private void measure(
            Map<String, Group> groups, EmbeddedPostgres postgres, DataSource database, DataSource smallDatabase)
            throws Exception {
        Distribution distribution = Distribution.withExtensionOnPostgres();
        try (KeycloakProcess server = KeycloakProcess.start(
                        distribution,
                        environment
                                .settings(postgres, "large")
                                .withOptions(DirectoryCalls.NO_REQUEST_LIMIT, ALL_ACCOUNTS_CACHED));
                KeycloakProcess smallServer =
                        KeycloakProcess.start(distribution, environment.settings(postgres, "small"))) {
            data.fillSmall(smallDatabase);
            Servers servers =
                    new Servers(BenchmarkServer.of(server), database, BenchmarkServer.of(smallServer), smallDatabase);
            for (Group group : groups.values()) {
                group.measure(servers);
            }
        }
    }

    /** Prints each row at once: the whole table takes a while. */
    private void add(Row row) {
        rows.add(row);
        System.out.println(Report.line(row));
    }

    private void lists(Servers servers) throws Exception {
        ExtensionCalls extension = new ExtensionCalls(servers.large().extensionApi());
        StockCalls stock = new StockCalls(servers.large().stockApi());
        add(interleaved.times(
                "page of 20 users with role, companies, 2FA, invitation, last login",
                "stock: members, role mappings and credentials of each",
                atMost(0.04),
                () -> extension.page(data.someAccount(), somePage()),
                () -> stock.membersInFull(data.someAccount(), somePage())));
        add(interleaved.times(
                "the same page",
                "stock: organization members alone",
                atMost(0.35),
                () -> extension.page(data.someAccount(), somePage()),
                () -> stock.members(data.someAccount(), somePage())));
        ExtensionCalls smallExtension = new ExtensionCalls(servers.small().extensionApi());
        add(interleaved.times(
                "the same page at %,d users".formatted(data.users()),
                "at 1,000 users",
                atMost(1.2),
                () -> extension.page(data.someAccount(), somePage()),
                () -> smallExtension.page(data.someSmallAccount(), somePage())));
    }

    private void creating(Servers servers) throws Exception {
        ExtensionCalls extension = new ExtensionCalls(servers.large().extensionApi());
        StockCalls stock = new StockCalls(servers.large().stockApi());
        String account = DataGenerator.accountId(BenchmarkData.WRITES);
        Runnable held = () -> environment.holdEmails(servers.database());
        add(interleaved.times(
                "create a user (no password) in one call",
                "stock: user, membership, role, attribute",
                atMost(0.45),
                held,
                held,
                () -> extension.create(account, newEmail()),
                () -> stock.create(account, newEmail())));
        environment.releaseEmails(servers.database());
    }

    private void scim(Servers servers) throws Exception {
        new ScimRows(environment, servers.large(), servers.database())
                .rows(interleaved)
                .forEach(this::add);
    }

    private void imports(Servers servers) throws Exception {
        new ImportRows(environment, servers.large(), servers.database(), quick)
                .rows()
                .forEach(this::add);
    }

    private void tokens(Servers servers) throws Exception {
        add(interleaved.throughput(
                "refresh token, scope wise-sync, 50 companies",
                "the same client without our scope",
                2,
                atLeast(0.97),
                refresh(servers, Application.WISE_SYNC, BenchmarkData.FIFTY_COMPANIES),
                refresh(servers, BenchmarkServer.PLAIN, BenchmarkData.FIFTY_COMPANIES)));
        add(interleaved.throughput(
                "refresh token, account-admin with 5,000 companies",
                "with 5",
                2,
                atLeast(0.9),
                refresh(servers, Application.WISE_SYNC, BenchmarkData.MANY_COMPANIES),
                refresh(servers, Application.WISE_SYNC, BenchmarkData.FEW_COMPANIES)));
    }

    private Work refresh(Servers servers, Application application, int account) {
        return Refresh.of(
                servers.large().server(), application, DataGenerator.person(account, 0), environment.mailbox())::run;
    }

    private void disabling(Servers servers) throws Exception {
        ExtensionCalls extension = new ExtensionCalls(servers.large().extensionApi());
        AtomicInteger next = new AtomicInteger();
        int perAccount = BenchmarkData.LINKED_FROM - 1;
        Work disable = () -> {
            int n = next.getAndIncrement();
            int account = DISABLED_FROM + n / perAccount;
            extension.disable(DataGenerator.accountId(account), DataGenerator.userId(account, 1 + n % perAccount));
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
        DataGenerator.waiting(servers.database(), 0);
    }

    private void hung(Servers servers) throws Exception {
        add(new HungReceivers(environment, servers.large(), servers.database()).row(interleaved));
    }

    private void waiting(Servers servers) throws Exception {
        AtomicInteger next = new AtomicInteger();
        // An account without emailed codes, because sending them would dominate the time.
        Work logIn = () -> new Login(servers.large().server(), Application.WISE_SYNC)
                .as(DataGenerator.person(LOGGED_IN_FROM + next.incrementAndGet() % 50, 1), environment.mailbox());
        add(interleaved.times(
                "login, 10,000 entries waiting",
                "none waiting",
                atMost(1.05),
                () -> DataGenerator.waiting(servers.database(), 10_000),
                () -> DataGenerator.waiting(servers.database(), 0),
                logIn,
                logIn));
        DataGenerator.waiting(servers.database(), 0);
    }

    private void mail(Servers servers) throws Exception {
        new HungMailServer(environment, servers.large(), servers.database(), data.ordinaryAccounts())
                .rows(interleaved)
                .forEach(this::add);
    }

    private void delivering(Servers servers) {
        ExtensionCalls extension = new ExtensionCalls(servers.large().extensionApi());
        environment.wisePayAnswersAfter(50);
        environment.forgetRequests();
        Map<String, Instant> disabled = new HashMap<>();
        for (int account = DELIVERED_FROM; account < DELIVERED_FROM + DELIVERED_ACCOUNTS; account++) {
            for (int n = 1; n < BenchmarkData.LINKED_FROM; n++) {
                String user = DataGenerator.userId(account, n);
                extension.disable(DataGenerator.accountId(account), user);
                disabled.put(user, Instant.now());
            }
        }
        BenchmarkEnvironment.settle(servers.database());
        double p95 = environment.deactivations().stream()
                .filter(sent -> disabled.containsKey(sent.user()))
                .mapToDouble(sent ->
                        Duration.between(disabled.get(sent.user()), sent.at()).toMillis() / 1000.0)
                .sorted()
                .skip(disabled.size() * 95L / 100)
                .findFirst()
                .orElseThrow();
        add(Row.counted("from a change to Wise-Pay, 95th percentile", "s", p95, atMost(2)));

        environment.forgetRequests();
        DataGenerator.due(servers.database(), BACKLOG);
        BenchmarkEnvironment.settle(servers.database());
        List<BenchmarkEnvironment.Deactivation> arrivals = environment.deactivations();
        // Without the first and the last, when some threads have nothing to send.
        Duration most = Duration.between(
                arrivals.get(BACKLOG / 10).at(), arrivals.get(BACKLOG * 8 / 10).at());
        double perSecond = 0.7 * BACKLOG / (most.toMillis() / 1000.0);
        add(Row.counted("deliver waiting entries, 50 ms each", "1/s", perSecond, atLeast(50)));
        environment.wisePayAnswersAfter(0);
    }

    private void largeAccounts(Servers servers) throws Exception {
        ExtensionCalls extension = new ExtensionCalls(servers.large().extensionApi());
        String large = DataGenerator.accountId(BenchmarkData.TEN_THOUSAND_USERS);
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
                () -> extension.renameCompany(DataGenerator.accountId(BenchmarkData.MANY_COMPANIES), "c1", newName()),
                () -> extension.renameCompany(DataGenerator.accountId(BenchmarkData.FEW_COMPANIES), "c1", newName())));
    }

    /** Each call uses up an account. Delivery is not measured. */
    private void destructive(Servers servers) throws Exception {
        ExtensionCalls extension = new ExtensionCalls(servers.large().extensionApi());
        linear(
                servers,
                "disconnect a company of 4,000 users",
                4_000,
                3,
                account -> extension.disconnect(DataGenerator.accountId(account), "c1"),
                BenchmarkData.COMPANY_OF_4_000,
                BenchmarkData.COMPANY_OF_400);
        linear(
                servers,
                "disable an account of 10,000 users",
                10_000,
                20,
                account -> extension.disableAccount(DataGenerator.accountId(account), "Account " + account),
                BenchmarkData.TEN_THOUSAND_TO_DISABLE,
                BenchmarkData.THOUSAND_TO_DISABLE);
    }

    /**
     * Measures a call in seconds, and the time per user compared with an account of a tenth of the users.
     *
     * @param large the number before the first account
     * @param tenth the number of an account to warm up with; others follow
     */
    private void linear(Servers servers, String name, int users, int maxSeconds, IntConsumer call, int large, int tenth)
            throws Exception {
        call.accept(tenth);
        List<Double> seconds = new ArrayList<>();
        List<Double> perUser = new ArrayList<>();
        List<Double> perUserOfTenth = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int run = 1; run <= data.destructiveRuns(); run++) {
            int account = run;
            DataGenerator.waiting(servers.database(), 0);
            double small = Work.seconds(() -> call.accept(tenth + account));
            DataGenerator.waiting(servers.database(), 0);
            double whole = Work.seconds(() -> call.accept(large + account));
            seconds.add(whole);
            perUser.add(1000 * whole / users);
            perUserOfTenth.add(1000 * small * 10 / users);
            ratios.add(whole / (10 * small));
        }
        DataGenerator.waiting(servers.database(), 0);
        add(Row.repeated(name, "s", seconds, atMost(maxSeconds)));
        add(Row.compared(
                "%s, per user".formatted(name),
                "of a tenth of the users",
                "ms",
                perUser,
                perUserOfTenth,
                ratios,
                atMost(1.2)));
    }

    /** A year of deactivations, compared with a small installation. */
    private void delivered(Servers servers) throws Exception {
        ExtensionCalls extension = new ExtensionCalls(servers.large().extensionApi());
        ExtensionCalls smallExtension = new ExtensionCalls(servers.small().extensionApi());
        String many = "%,d delivered entries".formatted(data.delivered());
        String few = "%,d".formatted(data.smallDelivered());
        for (String query : List.of("", "&status=delivered", "&status=delivered&first=5000")) {
            // In the small installation, the last page corresponds to the one in the middle.
            String smallQuery = query.replace("first=5000", "first=1000");
            add(interleaved.times(
                    "staff list%s, %s".formatted(query.replace("&", " "), many),
                    few,
                    atMost(2),
                    () -> extension.deactivations(query),
                    () -> smallExtension.deactivations(smallQuery)));
        }
        add(interleaved.times(
                "list of one user, " + many,
                few,
                atMost(2),
                () -> extension.deactivationsOf(DataGenerator.accountId(1), DataGenerator.userId(1, 1)),
                () -> smallExtension.deactivationsOf(DataGenerator.accountId(1), DataGenerator.userId(1, 1))));
        try (Connection database = servers.database().getConnection();
                Connection smallDatabase = servers.smallDatabase().getConnection()) {
            for (OutboxStatement statement : OUTBOX_STATEMENTS) {
                add(interleaved.times(
                        statement.name() + ", " + many,
                        few,
                        atMost(2),
                        () -> read(database, statement.sql()),
                        () -> read(smallDatabase, statement.sql())));
            }
        }
    }

    private static void read(Connection database, String query) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                rows.getString(1);
            }
        }
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

    private static int somePage() {
        return 20 * ThreadLocalRandom.current().nextInt(PEOPLE / 20);
    }

    private String newName() {
        return "Company " + serial.incrementAndGet();
    }

    private String newEmail() {
        return "new-%d@import.example".formatted(serial.incrementAndGet());
    }
}
