package com.wisesync.keycloak.benchmark;

import static com.wisesync.keycloak.benchmark.StockCalls.ok;
import static com.wisesync.keycloak.benchmark.Target.atMost;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.awaitility.Awaitility;

/** The directory of an account of 5,000 users, and what the admin API does for the same users. */
final class ScimRows {

    private static final int PAGE = 200;
    private static final int PAGES = 5;

    private final BenchmarkEnvironment environment;
    private final DataSource database;
    private final ExtensionCalls extension;
    private final String account = DataGenerator.accountId(BenchmarkData.DIRECTORY);
    private final DirectoryCalls directory;
    private final AtomicInteger serial = new AtomicInteger();

    ScimRows(BenchmarkEnvironment environment, BenchmarkServer server, DataSource database) {
        this.environment = environment;
        this.database = database;
        this.extension = new ExtensionCalls(server.extensionApi());
        directory =
                DirectoryCalls.connect(server.extensionApi(), server.server().url(), account);
    }

    List<Row> rows(Interleaved interleaved) throws Exception {
        List<JsonNode> users = users();
        Row unchanged = interleaved.times(
                "SCIM: an unchanged user",
                "our GET",
                atMost(1.5),
                () -> replace(some(users)),
                () -> extension.user(account, some(users).path("id").asText()));
        long before = settledWrites();
        users.forEach(this::replace);
        double written = (double) (settledWrites() - before);
        Row writes = Row.counted(
                "SCIM: rows written for %,d unchanged users".formatted(users.size()), "rows", written, atMost(0));
        Runnable held = () -> environment.holdEmails(database);
        Row created = interleaved.times(
                "create a user by SCIM",
                "create a user by the admin API",
                atMost(2),
                held,
                held,
                () -> directory.create("scim-%d@directory.example".formatted(serial.incrementAndGet())),
                () -> extension.create(account, "api-%d@directory.example".formatted(serial.incrementAndGet())));
        environment.releaseEmails(database);
        return List.of(unchanged, writes, created);
    }

    private List<JsonNode> users() {
        List<JsonNode> users = new ArrayList<>();
        for (int page = 0; page < PAGES; page++) {
            ok(directory.api().get("/Users?startIndex=%d&count=%d".formatted(page * PAGE + 1, PAGE)))
                    .json()
                    .path("Resources")
                    .forEach(users::add);
        }
        if (users.size() != PAGES * PAGE) {
            throw new IllegalStateException("Not all users are listed: " + users.size());
        }
        return users;
    }

    private void replace(JsonNode user) {
        ok(directory.api().put("/Users/" + user.path("id").asText(), user.toString()));
    }

    /**
     * The number of rows about users, accounts and events written so far, and of entries in the outbox. The last use of a token
     * is an entry that is updated once an hour, which is not counted. PostgreSQL's counters follow within a second or so.
     */
    private long settledWrites() {
        AtomicLong last = new AtomicLong(-1);
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofSeconds(2))
                .until(() -> {
                    long now = writes();
                    return last.getAndSet(now) == now;
                });
        return last.get();
    }

    private long writes() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet sum = statement.executeQuery(
                        "SELECT SUM(n_tup_ins + n_tup_upd + n_tup_del) + (SELECT COUNT(*) FROM outbox_entry)"
                                + " FROM pg_stat_user_tables WHERE relname IN ('user_entity', 'user_attribute',"
                                + " 'user_role_mapping', 'user_group_membership', 'credential', 'group_attribute',"
                                + " 'admin_event_entity', 'event_entity')")) {
            sum.next();
            return sum.getLong(1);
        }
    }

    private static JsonNode some(List<JsonNode> users) {
        return users.get(ThreadLocalRandom.current().nextInt(users.size()));
    }
}
