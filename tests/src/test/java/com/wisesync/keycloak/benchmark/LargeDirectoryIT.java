package com.wisesync.keycloak.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Distribution;
import com.wisesync.keycloak.testing.KeycloakProcess;
import com.wisesync.keycloak.testing.ServerSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
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
 * An account whose directory manages 5,000 users, on PostgreSQL. The users are inserted by SQL, because creating them
 * takes minutes.
 */
@Tag("full")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LargeDirectoryIT {

    private static final int ACCOUNT = 1;
    private static final int USERS = 5_000;
    private static final int PAGE = 200;

    private final String account = DataGenerator.accountId(ACCOUNT);
    private final Map<String, JsonNode> users = new LinkedHashMap<>();
    private EmbeddedPostgres postgres;
    private BenchmarkEnvironment environment;
    private DataSource database;
    private KeycloakProcess server;
    private DirectoryCalls calls;
    private Api directory;

    @BeforeAll
    void start() throws Exception {
        postgres = BenchmarkEnvironment.postgres();
        environment = new BenchmarkEnvironment();
        database = BenchmarkEnvironment.database(postgres, "large-directory");
        ServerSettings settings = environment
                .settings(postgres, "large-directory")
                .withOptions("--cache=local", DirectoryCalls.NO_REQUEST_LIMIT, "--db-pool-max-size=20");
        server = KeycloakProcess.start(Distribution.withExtensionOnPostgres(), settings);
        DataGenerator generator = new DataGenerator(database);
        generator.accounts(ACCOUNT, ACCOUNT, 1, USERS + 1);
        generator.managedByDirectory(ACCOUNT);
        calls = DirectoryCalls.connect(BenchmarkServer.service(server), server.url(), account);
        directory = calls.api();
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
        environment.close();
        postgres.close();
    }

    @Test
    @Order(1)
    void pagesContainEachUserOnce() {
        long from = System.nanoTime();
        for (int index = 1; index <= USERS; index += PAGE) {
            JsonNode page = directory
                    .get("/Users?startIndex=%d&count=%d".formatted(index, PAGE))
                    .json();
            assertThat(page.path("totalResults").asInt()).isEqualTo(USERS);
            assertThat(page.path("startIndex").asInt()).isEqualTo(index);
            assertThat(page.path("Resources")).hasSize(PAGE);
            page.path("Resources").forEach(user -> users.put(user.path("id").asText(), user));
        }
        System.out.printf("NUMBERS %,d users in pages of %d: %d ms%n", USERS, PAGE, millisSince(from));

        assertThat(users).hasSize(USERS);
        assertThat(directory
                        .get("/Users?startIndex=%d".formatted(USERS + 1))
                        .json()
                        .path("Resources"))
                .isEmpty();
    }

    /** How directories synchronize: Microsoft Entra ID finds each user by filter, Okta sends each user completely. */
    @Test
    @Order(2)
    void aFullSynchronizationOfUnchangedUsersWritesNothing() throws Exception {
        Map<String, Long> before = settledWrites();
        long from = System.nanoTime();
        inParallel(users.values(), user -> {
            Answer same = directory.put("/Users/" + user.path("id").asText(), user.toString());
            assertThat(same.status()).as(same.text()).isEqualTo(200);
            assertThat(same.json()).isEqualTo(user);
        });
        System.out.printf("NUMBERS %,d unchanged users: %d ms%n", USERS, millisSince(from));
        List<JsonNode> some = users.values().stream().limit(100).toList();
        inParallel(some, user -> {
            String filter =
                    "userName+eq+%%22%s%%22".formatted(user.path("userName").asText());
            assertThat(directory
                            .get("/Users?filter=" + filter)
                            .json()
                            .path("Resources")
                            .path(0))
                    .isEqualTo(user);
            String patch = """
                    {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[
                      {"op":"Replace","path":"active","value":"True"},
                      {"op":"Replace","path":"name.familyName","value":"%s"}]}""".formatted(user.at("/name/familyName").asText());
            assertThat(directory
                            .send("PATCH", "/Users/" + user.path("id").asText(), patch)
                            .json())
                    .isEqualTo(user);
        });

        assertThat(settledWrites()).isEqualTo(before);
    }

    /** By turns, so that other load affects both. */
    @Test
    @Order(3)
    void usersAreCreatedAtHalfTheRateOfTheAdminApiOrMore() {
        long byDirectory = 0;
        long byAdmins = 0;
        for (int first = 0; first < USERS; first += PAGE) {
            ExtensionCalls admins = new ExtensionCalls(BenchmarkServer.service(server));
            byDirectory += creating(first, number -> calls.create("scim-%d@directory.example".formatted(number)));
            byAdmins += creating(first, number -> admins.create(account, "api-%d@directory.example".formatted(number)));
        }
        environment.releaseEmails(database);
        System.out.printf("NUMBERS %,d creates: SCIM %d ms, admin API %d ms%n", USERS, byDirectory, byAdmins);

        assertThat(directory.get("/Users?count=0").json().path("totalResults").asInt())
                .isEqualTo(2 * USERS);
        assertThat(byDirectory).isLessThanOrEqualTo(2 * byAdmins);
    }

    private long creating(int first, IntConsumer create) {
        environment.holdEmails(database);
        long from = System.nanoTime();
        IntStream.range(first, first + PAGE).forEach(create);
        return millisSince(from);
    }

    /** An action on one user. */
    @FunctionalInterface
    private interface Work {
        void on(JsonNode user);
    }

    private static void inParallel(Iterable<JsonNode> users, Work work) throws Exception {
        ExecutorService connections = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Void>> calls = new ArrayList<>();
            users.forEach(user -> calls.add(() -> {
                work.on(user);
                return null;
            }));
            for (Future<Void> done : connections.invokeAll(calls)) {
                done.get();
            }
        } finally {
            connections.shutdownNow();
        }
    }

    /** The number of rows written so far, by table. PostgreSQL's counters follow within a second or so. */
    private Map<String, Long> settledWrites() {
        AtomicReference<Map<String, Long>> last = new AtomicReference<>();
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofSeconds(2))
                .until(() -> {
                    Map<String, Long> now = writes();
                    return now.equals(last.getAndSet(now));
                });
        return last.get();
    }

    private Map<String, Long> writes() {
        Map<String, Long> writes = new LinkedHashMap<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_user_tables ORDER BY 1")) {
            while (rows.next()) {
                writes.put(rows.getString(1), rows.getLong(2));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return writes;
    }

    private static long millisSince(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
    }
}
