package com.wisesync.keycloak.wisepay;

import com.wisesync.keycloak.testing.Sql;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/** The database server of a {@link FaultTestServer}. */
interface TestDatabase extends Closeable {

    /** Opens a connection to a database. */
    Connection connect(String name) throws SQLException;

    /** The options with which a Keycloak uses a database. */
    String[] options(String name);

    /** Creates an empty database. */
    void create(String name);

    static TestDatabase of(EmbeddedPostgres postgres) {
        return new TestDatabase() {
            @Override
            public Connection connect(String name) throws SQLException {
                return postgres.getDatabase("postgres", name).getConnection();
            }

            @Override
            public String[] options(String name) {
                return new String[] {
                    "--db-url=jdbc:postgresql://localhost:%d/%s".formatted(postgres.getPort(), name),
                    "--db-username=postgres",
                    "--db-password=postgres",
                    "--db-pool-max-size=20"
                };
            }

            @Override
            public void create(String name) {
                new Sql(() -> connect("postgres")).change("CREATE DATABASE \"%s\"".formatted(name));
            }

            @Override
            public void close() throws IOException {
                postgres.close();
            }
        };
    }
}
