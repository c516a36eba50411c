package com.wisesync.keycloak.benchmark;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** Counts the SQL statements a piece of work makes a server send, in the log of PostgreSQL itself. */
final class Statements {

    private static final int TRIES = 5;
    // What the driver prepares is logged as "execute <name>", what it does not as "statement".
    private static final Pattern COUNTED = Pattern.compile(
            "LOG:\\s+(?:execute [^:]*|statement): (?!BEGIN|COMMIT|ROLLBACK|SET |SHOW |RESET |DISCARD|ALTER SYSTEM)");

    private final DataSource database;
    private final Path logs;

    Statements(DataSource database, Path logs) {
        this.database = database;
        this.logs = logs;
    }

    /** A PostgreSQL whose statements can be counted. */
    static EmbeddedPostgres countable(Path logs) throws IOException {
        return EmbeddedPostgres.builder()
                .setServerConfig("logging_collector", "on")
                .setServerConfig("log_directory", logs.toString())
                .setServerConfig("max_connections", "200")
                .setServerConfig("shared_buffers", "256MB")
                .start();
    }

    /** The least of {@value #TRIES} runs: what a scheduled task sends in between does not count. */
    int of(Work work) throws Exception {
        work.run();
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < TRIES; i++) {
            logging("all");
            long before = count();
            work.run();
            least = Math.min(least, (int) (count() - before));
            logging("none");
        }
        return least;
    }

    private void logging(String what) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER SYSTEM SET log_statement = '" + what + "'");
            statement.execute("SELECT pg_reload_conf()");
            // Until every backend has read it; a fresh one, as here, has.
            statement.execute("SELECT pg_sleep(0.5)");
        }
    }

    private long count() throws IOException {
        long count = 0;
        try (Stream<Path> files = Files.list(logs)) {
            for (Path file : files.toList()) {
                count += COUNTED.matcher(Files.readString(file)).results().count();
            }
        }
        return count;
    }
}
