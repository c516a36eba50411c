package com.wisesync.keycloak.wisepay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Distribution;
import com.wisesync.keycloak.testing.KeycloakProcess;
import com.wisesync.keycloak.testing.Server;
import com.wisesync.keycloak.testing.ServerSettings;
import com.wisesync.keycloak.testing.Sql;
import com.wisesync.keycloak.testing.Tokens;
import com.wisesync.keycloak.wisepay.FaultyWisePay.Health;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.keycloak.admin.client.Keycloak;

/**
 * A separate Keycloak with its own database and its own Wise-Pay, which can be killed and whose rows can be counted.
 * On PostgreSQL, because the file of H2 loses commits when its process is killed.
 */
final class FaultTestServer implements AutoCloseable {

    /** Longer than the longest delay between two attempts, which is 5 minutes. */
    private static final int IMPORTED_TOGETHER = 100;

    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    private final FaultyWisePay wisePay = new FaultyWisePay();
    private final ExecutorService admins = Executors.newFixedThreadPool(4);
    private final List<String> users = new ArrayList<>();
    private final Map<String, String> names = new ConcurrentHashMap<>();
    private final AtomicBoolean deleted = new AtomicBoolean();
    private final TestDatabase database;
    private final Distribution distribution;
    private final ServerSettings settings;
    private volatile KeycloakProcess process;
    private volatile Keycloak adminClient;

    private FaultTestServer(
            TestDatabase database, Distribution distribution, String name, int mailPort, String... options) {
        this.database = database;
        this.distribution = distribution;
        settings = ServerSettings.demo(name, mailPort, wisePay.port())
                .withoutLifecycleEvents()
                .withOptions(database.options(name))
                .withOptions("--cache=local")
                .withOptions(options);
        use(KeycloakProcess.start(distribution, settings));
    }

    /**
     * Starts a server with this number of users on a new database of this name. Options are further ones of {@code
     * kc.sh start}.
     */
    static FaultTestServer open(
            EmbeddedPostgres postgres,
            Distribution distribution,
            String name,
            int people,
            int mailPort,
            String... options) {
        return open(TestDatabase.of(postgres), distribution, name, people, mailPort, options);
    }

    /** Starts a server on any database server. */
    static FaultTestServer open(
            TestDatabase database,
            Distribution distribution,
            String name,
            int people,
            int mailPort,
            String... options) {
        database.create(name);
        FaultTestServer opened = new FaultTestServer(database, distribution, name, mailPort, options);
        opened.addUsers(people);
        return opened;
    }

    /** Starts a server on an existing database, with the realm in it. */
    static FaultTestServer over(
            EmbeddedPostgres postgres, Distribution distribution, String database, String... options) {
        return new FaultTestServer(TestDatabase.of(postgres), distribution, database, 1, options);
    }

    static String[] onDatabase(EmbeddedPostgres postgres, String database) {
        return TestDatabase.of(postgres).options(database);
    }

    FaultyWisePay wisePay() {
        return wisePay;
    }

    KeycloakProcess process() {
        return process;
    }

    /** The ids of the users. */
    List<String> users() {
        return users;
    }

    /** Settings for another node, or for a start that must fail. */
    ServerSettings settings(String name) {
        return new ServerSettings(
                name, 0, 1, wisePay.port(), null, Map.of(), settings.options(), settings.jvmOptions());
    }

    /** Starts another node on the same database. */
    KeycloakProcess secondNode() {
        return KeycloakProcess.start(distribution, settings(settings.name() + "-second"));
    }

    void startAgain() {
        use(KeycloakProcess.startAgain(distribution, settings));
    }

    /** Runs a command of {@code kc.sh} on this database, while the server is stopped. */
    String run(String command, String... further) throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(List.of(database.options(settings.name())));
        // The same Wise-Pay as the server: without an address, nothing would be sent anyway.
        options.add("--spi-events-listener--wise-sync--wise-pay-url=http://localhost:" + wisePay.port());
        options.addAll(List.of(further));
        return KeycloakProcess.run(settings, command, options);
    }

    /** Copies the database to another name. */
    void backUp(String name) {
        process.close();
        sql("postgres").change("CREATE DATABASE \"%s\" TEMPLATE \"%s\"".formatted(name, settings.name()));
        startAgain();
    }

    /** Restores such a copy: later changes are lost. */
    void restore(String name) {
        process.close();
        sql("postgres").change("DROP DATABASE \"%s\"".formatted(settings.name()));
        sql("postgres").change("CREATE DATABASE \"%s\" TEMPLATE \"%s\"".formatted(settings.name(), name));
        startAgain();
    }

    /** Enables all users, waits for pending entries, and resets Wise-Pay to work and to know no links. */
    void reset() {
        if (!process.isAlive()) {
            startAgain();
        }
        wisePay.simulate(Health.WELL);
        wisePay.delayAnswers(Duration.ZERO);
        wisePay.setUsersWithLinks(List.of());
        awaitNothingPending();
        // By SQL, because this change is not tested.
        change("UPDATE user_entity SET enabled = true WHERE username LIKE 'fault-user-%'");
        change("DELETE FROM outbox_entry");
        if (deleted.getAndSet(false)) {
            int people = users.size();
            users.clear();
            addUsers(people);
        }
        assertThat(admin().post("/clear-user-cache", null).status()).isEqualTo(204);
        wisePay.forget();
    }

    void awaitNothingPending() {
        await().atMost(TIMEOUT).pollInterval(Duration.ofMillis(200)).until(() -> entries("PENDING") == 0);
    }

    /** Repeats the call until it succeeds, like a user whose server stops. */
    void set(String user, boolean enabled) {
        await().atMost(TIMEOUT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> put(user, enabled) == 204);
    }

    /** Repeats the call until it succeeds; a repetition may answer 404. The next {@link #reset} creates new users. */
    void delete(String user) {
        deleted.set(true);
        await().atMost(TIMEOUT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> List.of(204, 404)
                        .contains(admin().delete("/users/" + user).status()));
    }

    int put(String user, boolean enabled) {
        return admin().put("/users/" + user, representation(names.get(user), enabled))
                .status();
    }

    /** Creates a user; returns the id. */
    String make(String name) {
        return admin().post("/users", representation(name, true)).createdId();
    }

    void inParallel(List<String> work, Consumer<String> what) throws Exception {
        List<Future<?>> all = new ArrayList<>();
        work.forEach(item -> all.add(admins.submit(() -> what.accept(item))));
        for (Future<?> one : all) {
            one.get(10, TimeUnit.MINUTES);
        }
    }

    /** The stock admin API of the realm. */
    Api admin() {
        return new Api(
                process.url() + "/admin/realms/" + Server.REALM,
                () -> adminClient.tokenManager().getAccessTokenString());
    }

    /** The stock admin API over all realms. */
    Api master() {
        return new Api(
                process.url() + "/admin/realms",
                () -> adminClient.tokenManager().getAccessTokenString());
    }

    /** Our admin API as {@code wise-sync-service}. */
    Api staff() {
        return new Api(
                process.apiUrl(),
                () -> Tokens.ofService(process, "wise-sync-service", "wise-sync-service-secret")
                        .access());
    }

    /** The number of outbox entries in a state. */
    long entries(String status) {
        return number(
                "SELECT COUNT(*) FROM outbox_entry WHERE entry_kind = 'wise-pay' AND status = '%s'".formatted(status));
    }

    long number(String query) {
        return sql(settings.name()).number(query);
    }

    int change(String statement) {
        return sql(settings.name()).change(statement);
    }

    private Sql sql(String name) {
        return new Sql(() -> database.connect(name));
    }

    @Override
    public void close() {
        admins.shutdownNow();
        adminClient.close();
        process.close();
        wisePay.close();
    }

    private void use(KeycloakProcess started) {
        process = started;
        adminClient = started.adminClient();
    }

    /** Creates users with one call; returns their ids. */
    List<String> createUsers(String prefix, int count) {
        importUsers(prefix, count);
        List<String> ids = new ArrayList<>();
        admin().get("/users?search=%s-&max=%d".formatted(prefix, count))
                .json()
                .forEach(user -> ids.add(user.path("id").asText()));
        assertThat(ids).hasSize(count);
        return ids;
    }

    /** In batches: the time of one import grows with the square of its users. */
    private void importUsers(String prefix, int count) {
        for (int first = 0; first < count; first += IMPORTED_TOGETHER) {
            List<Map<String, Object>> batch = IntStream.range(first, Math.min(first + IMPORTED_TOGETHER, count))
                    .mapToObj(i -> representation("%s-%d@test.example".formatted(prefix, i), true))
                    .toList();
            assertThat(admin().post("/partialImport", Map.of("ifResourceExists", "SKIP", "users", batch))
                            .status())
                    .isEqualTo(200);
        }
    }

    private void addUsers(int people) {
        importUsers("fault-user", people);
        admin().get("/users?search=fault-user-&max=" + people).json().forEach(user -> {
            users.add(user.path("id").asText());
            names.put(user.path("id").asText(), user.path("username").asText());
        });
        assertThat(users).hasSize(people);
    }

    private static Map<String, Object> representation(String name, boolean enabled) {
        return Map.of("username", name, "email", name, "firstName", "Fault", "lastName", "User", "enabled", enabled);
    }
}
