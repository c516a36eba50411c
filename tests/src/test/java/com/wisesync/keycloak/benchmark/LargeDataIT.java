package com.wisesync.keycloak.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.Distribution;
import com.wisesync.keycloak.testing.KeycloakProcess;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.ServerSettings;
import com.wisesync.keycloak.testing.Sql;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A year of delivered entries and large accounts on PostgreSQL: which rows a query reads, and how many statements a
 * change takes. Durations are printed only, because they depend on the machine.
 */
@Tag("full")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LargeDataIT {

    private static final int ACCOUNT = 1;
    private static final int TEN_THOUSAND = 2;
    private static final int FEW_USERS = 3;
    private static final int MANY_USERS = 4;
    private static final int MANY_COMPANIES = 5;
    private static final int DELIVERED = 2_000_000;
    private static final int EXPIRED = 2_500;
    private static final int CALLS = 11;

    /** Statements of the threads that answer requests. Inserts are logged for each row, but sent in batches. */
    private static final Pattern STATEMENT =
            Pattern.compile("\\[org\\.hibernate\\.SQL] \\(executor-thread-[0-9]+\\)\\s+(?!insert )");

    private static final Pattern INSERT =
            Pattern.compile("\\[org\\.hibernate\\.SQL] \\(executor-thread-[0-9]+\\)\\s+insert ");

    private EmbeddedPostgres postgres;
    private BenchmarkEnvironment environment;
    private DataSource database;
    private KeycloakProcess server;
    private Api service;

    @BeforeAll
    void start() throws Exception {
        postgres = BenchmarkEnvironment.postgres();
        environment = new BenchmarkEnvironment();
        // Slow enough that no delivery is counted.
        environment.wisePayAnswersAfter(60_000);
        database = BenchmarkEnvironment.database(postgres, "large-data");
        ServerSettings settings = environment
                .settings(postgres, "large-data")
                .withOptions("--cache=local")
                // Lifecycle events are written, and stay pending because nothing listens at the address.
                .withEnvironment("WISE_SYNC_APP_LIFECYCLE_URL", "http://localhost:1/events");
        // Creates the tables.
        KeycloakProcess.start(Distribution.withExtensionOnPostgres(), settings).close();
        DataGenerator generator = new DataGenerator(database);
        generator.accounts(ACCOUNT, ACCOUNT, 1, 1_000);
        generator.accounts(TEN_THOUSAND, TEN_THOUSAND, 1, 10_000);
        generator.accounts(FEW_USERS, FEW_USERS, 1, 401);
        generator.accounts(MANY_USERS, MANY_USERS, 1, 4_001);
        generator.accounts(MANY_COMPANIES, MANY_COMPANIES, 5_000, 2);
        Instant from = Instant.now();
        // Faster to fill; queries read it the same way.
        sql().change("ALTER TABLE outbox_entry SET UNLOGGED");
        DataGenerator.delivered(database, DELIVERED, EXPIRED);
        System.out.printf("NUMBERS filled in %d ms%n", millisSince(from));
        server = KeycloakProcess.startAgain(
                Distribution.withExtensionOnPostgres(),
                settings.withOptions("--log-level=info,org.hibernate.SQL:debug"));
        service = BenchmarkServer.service(server);
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
        environment.close();
        postgres.close();
    }

    /** Through Keycloak's own indexes: no query reads the whole table. */
    @Test
    @Order(1)
    void deliveredEntriesCostNothing() {
        // A node purges when it has started.
        Instant started = Instant.now();
        String expired = "SELECT COUNT(*) FROM outbox_entry WHERE entry_kind = 'wise-pay' AND status = 'DELIVERED'"
                + " AND next_attempt_at < NOW() - INTERVAL '366 days'";
        await().atMost(Duration.ofMinutes(1)).until(() -> sql().number(expired) == 0);
        System.out.printf("NUMBERS purged after %d ms%n", millisSince(started));
        long scans = settledScans();

        for (String path : List.of(
                "/deactivations",
                "/deactivations?status=delivered",
                "/deactivations?status=delivered&first=9900&max=100",
                "/deactivations?status=failed",
                "/accounts/%s/users/%s/deactivations"
                        .formatted(DataGenerator.accountId(ACCOUNT), DataGenerator.userId(ACCOUNT, 1)))) {
            List<Long> times = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                Instant from = Instant.now();
                Answer answer = service.get(path);
                times.add(millisSince(from));
                assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            }
            Collections.sort(times);
            System.out.printf(
                    "NUMBERS %s with %,d delivered entries: median %d ms, fastest %d ms%n",
                    path, DELIVERED, times.get(CALLS / 2), times.get(0));
        }

        assertThat(settledScans()).isEqualTo(scans);
    }

    @Test
    @Order(2)
    void disconnectingACompanyIsLinearInItsUsers() {
        new Login(server, Application.WISE_SYNC).as(DataGenerator.person(MANY_USERS, 1), environment.mailbox());
        String sessions = "SELECT COUNT(*) FROM offline_user_session WHERE user_id = '%s'"
                .formatted(DataGenerator.userId(MANY_USERS, 1));
        assertThat(sql().number(sessions)).isEqualTo(1);

        int few = statements("disconnect a company of 400", () -> disconnect(FEW_USERS));
        int many = statements("disconnect a company of 4,000", () -> disconnect(MANY_USERS));

        assertThat(sql().number("SELECT COUNT(*) FROM user_attribute WHERE name = 'companies' AND user_id LIKE '%s%%'"
                        .formatted(usersOf(MANY_USERS))))
                .isZero();
        assertThat(sql().number("SELECT COUNT(*) FROM admin_event_entity WHERE resource_path LIKE 'users/%s%%'"
                        .formatted(usersOf(MANY_USERS))))
                .isEqualTo(4_000);
        assertThat(many).isLessThan(10 * few).isLessThan(1_000);
        await().atMost(Duration.ofMinutes(2)).until(() -> sql().number(sessions) == 0);
    }

    @Test
    @Order(3)
    void disablingAnAccountIsLinearInItsUsers() {
        int few = statements("disable an account of 1,000", () -> disable(ACCOUNT));
        int many = statements("disable an account of 10,000", () -> disable(TEN_THOUSAND));

        assertThat(sql().number(
                                "SELECT COUNT(*) FROM outbox_entry WHERE entry_kind = 'wise-pay' AND owner_id LIKE '%s%%'"
                                        .formatted(usersOf(TEN_THOUSAND))))
                .isEqualTo(10_000);
        assertThat(many).isLessThan(10 * few).isLessThan(500);
    }

    @Test
    @Order(4)
    void renamingACompanyDependsOnNoOtherCompany() {
        int one = statements("rename the only company", () -> rename(TEN_THOUSAND));
        int many = statements("rename a company of 5,000", () -> rename(MANY_COMPANIES));

        assertThat(many).isEqualTo(one);
        assertThat(sql().number("SELECT COUNT(*) FROM group_attribute WHERE value = 'Renamed'"))
                .isEqualTo(2);
        assertThat(sql().number("SELECT COUNT(*) FROM group_attribute WHERE name LIKE 'company.%'"))
                .isGreaterThan(10_000);
    }

    private Answer rename(int account) {
        return service.put(
                "/accounts/%s/companies/c1".formatted(DataGenerator.accountId(account)),
                Map.of("name", "Renamed", "package", "xero"));
    }

    private Answer disconnect(int account) {
        return service.delete("/accounts/%s/companies/c1".formatted(DataGenerator.accountId(account)));
    }

    private Answer disable(int account) {
        return service.put(
                "/accounts/" + DataGenerator.accountId(account),
                Map.of("name", "Account " + account, "psa", "autotask", "twoFactorMode", "optional", "enabled", false));
    }

    /** How many statements other than inserts the call executes. */
    private int statements(String what, Supplier<Answer> call) {
        int before = server.log().length();
        Instant from = Instant.now();
        Answer answer = call.get();
        long took = millisSince(from);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        String log = server.log().substring(before);
        int count = (int) STATEMENT.matcher(log).results().count();
        System.out.printf(
                "NUMBERS %s: %,d statements, %,d inserted rows, %,d ms%n",
                what, count, INSERT.matcher(log).results().count(), took);
        return count;
    }

    /** The beginning of the ids of all users of an account. */
    private static String usersOf(int account) {
        return DataGenerator.userId(account, 0).substring(0, 30);
    }

    /** How often the whole table was read. PostgreSQL's counters follow within a second or so. */
    private long settledScans() {
        AtomicLong last = new AtomicLong(-1);
        await().pollInterval(Duration.ofSeconds(2)).until(() -> {
            long now = sql().number("SELECT seq_scan FROM pg_stat_user_tables WHERE relname = 'outbox_entry'");
            return last.getAndSet(now) == now;
        });
        return last.get();
    }

    private static long millisSince(Instant from) {
        return Duration.between(from, Instant.now()).toMillis();
    }

    private Sql sql() {
        return new Sql(database::getConnection);
    }
}
