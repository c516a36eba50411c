package com.wisesync.keycloak.benchmark;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.sql.DataSource;

/**
 * A filled database that later runs copy, because filling it takes minutes. Its comment says what it was filled with and
 * when; it is filled again if that differs, or if it is too old: its rows have the dates of the last days, and a server
 * deletes them after their retention.
 */
final class KeptDatabase {

    /** Fills an empty database. */
    @FunctionalInterface
    interface Filling {

        void fill(String name, DataSource database) throws Exception;
    }

    private static final Duration MAX_AGE = Duration.ofDays(4);

    private final EmbeddedPostgres postgres;
    private final String name;

    KeptDatabase(EmbeddedPostgres postgres, String name) {
        this.postgres = postgres;
        this.name = name;
    }

    /**
     * Fills the database, unless it was filled with the same content.
     *
     * @param content everything that the rows depend on
     */
    void fill(String content, Filling filling) throws Exception {
        String wanted = fingerprint(content);
        if (isUsable(comment(), wanted)) {
            return;
        }
        drop(name);
        filling.fill(name, BenchmarkEnvironment.database(postgres, name));
        try (Connection connection = postgres.getDatabase("postgres", name).getConnection();
                Statement statement = connection.createStatement()) {
            // Otherwise autovacuum would run while copies are measured.
            statement.execute("VACUUM (FREEZE, ANALYZE)");
        }
        // Last, so that a run that was interrupted leaves no usable database.
        execute("COMMENT ON DATABASE \"%s\" IS '%s %s'".formatted(name, wanted, Instant.now()));
    }

    /** Replaces the database of this name by a copy. */
    DataSource copyTo(String copy) throws SQLException {
        drop(copy);
        // Copying the files is faster for a large database than writing them to the log.
        execute("CREATE DATABASE \"%s\" TEMPLATE \"%s\" STRATEGY file_copy".formatted(copy, name));
        return postgres.getDatabase("postgres", copy);
    }

    void drop(String database) throws SQLException {
        execute("DROP DATABASE IF EXISTS \"%s\" WITH (FORCE)".formatted(database));
    }

    private static boolean isUsable(String comment, String wanted) {
        String[] parts = comment.split(" ", 2);
        return parts.length == 2
                && parts[0].equals(wanted)
                && Instant.parse(parts[1]).plus(MAX_AGE).isAfter(Instant.now());
    }

    /** Empty if there is none. */
    private String comment() throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = ?")) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                String comment = rows.next() ? rows.getString(1) : null;
                return comment == null ? "" : comment;
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String fingerprint(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
