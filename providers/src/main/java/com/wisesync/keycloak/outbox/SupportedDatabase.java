package com.wisesync.keycloak.outbox;

import jakarta.persistence.EntityManager;
import java.sql.DatabaseMetaData;
import java.util.Locale;
import org.hibernate.Session;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * Refuses to start on a database on which the extension could not work. The outbox could not keep its guarantees without
 * {@code SKIP LOCKED}. TiDB, which Keycloak uses with MySQL's driver, accepts the words and locks nothing. Microsoft SQL Server
 * has neither aggregates over subqueries (error 130) nor regular expressions, which the warnings about accounts need.
 */
final class SupportedDatabase {

    private SupportedDatabase() {}

    /** @throws IllegalStateException with a message for operators, which ends the start of the server */
    static void require(KeycloakSession session) {
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        em.unwrap(Session.class).doWork(connection -> {
            DatabaseMetaData database = connection.getMetaData();
            require(
                    product(database.getDatabaseProductName(), database.getDatabaseProductVersion()),
                    database.getDatabaseMajorVersion(),
                    database.getDatabaseMinorVersion());
        });
    }

    /** The name of the product; TiDB calls itself MySQL, and only its version contains its name. */
    static String product(String name, String version) {
        return version.toLowerCase(Locale.ROOT).contains("tidb") ? "TiDB" : name;
    }

    static void require(String product, int major, int minor) {
        String name = product.toLowerCase(Locale.ROOT);
        boolean supported = name.contains("mariadb")
                ? major > 10 || (major == 10 && minor >= 6)
                : name.contains("mysql")
                        ? major >= 8
                        : name.contains("postgresql")
                                || name.contains("enterprisedb")
                                || name.contains("oracle")
                                || name.equals("h2");
        if (!supported) {
            throw new IllegalStateException(String.format(
                    "Wise-Sync does not support the database %s %d.%d. Supported are PostgreSQL, MariaDB from 10.6, MySQL from 8.0,"
                            + " Oracle, and H2 for tests",
                    product, major, minor));
        }
    }
}
