package com.wisesync.keycloak.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Reads and changes the database of a server; each call opens a connection.
 *
 * @param database opens the connections
 */
public record Sql(Connections database) {

    /** Opens connections to a database. */
    @FunctionalInterface
    public interface Connections {

        Connection open() throws SQLException;
    }

    /** The number in the first column of the first row; 0 if it is null. */
    public long number(String query) {
        try (Connection connection = database.open();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the number of changed rows. */
    public int change(String statement) {
        try (Connection connection = database.open();
                Statement change = connection.createStatement()) {
            return change.executeUpdate(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
