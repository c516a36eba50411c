package com.wisesync.keycloak.benchmark;

import com.wisesync.keycloak.testing.Person;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * Fills an imported demo realm by SQL: every row is a copy of a demo row with other ids and names, so that columns
 * added by a later Keycloak are filled too. Not timed.
 *
 * <p>The copied users have the demo password. In their accounts, only users with a second factor must use it.
 */
final class DataGenerator {

    /** The prefix of the id of every generated account; its number follows, see {@link #accountId}. */
    private static final String ACCOUNT = "ac";

    private static final String GROUP = "9a";
    private static final String PERSON = "be";

    /** The TOTP secret of every authenticator app. */
    static final String APP_SECRET = "benchmark";

    private final DataSource database;

    DataGenerator(DataSource database) {
        this.database = database;
    }

    /** The id of generated account {@code n}. */
    static String accountId(int n) {
        return id(ACCOUNT, n, 0);
    }

    /** The id of user {@code i} of generated account {@code n}; user 0 is its account-admin. */
    static String userId(int n, int i) {
        return id(PERSON, n, i);
    }

    static Person person(int n, int i) {
        return new Person(userId(n, i), username(n, i), Person.DEMO_PASSWORD);
    }

    private static String username(int n, int i) {
        return "p%d@account-%d.example".formatted(i, n);
    }

    /**
     * Creates accounts {@code from} to {@code to} with this number of companies and users each; one user in five has
     * an app.
     */
    void accounts(int from, int to, int companies, int people) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            range(connection, """
                    INSERT INTO keycloak_group SELECT (jsonb_populate_record(g, jsonb_build_object(
                        'id', %s, 'name', %s, 'org_id', NULL))).*
                    FROM org o JOIN keycloak_group g ON g.id = o.group_id, generate_series(?, ?) n
                    WHERE o.alias = 'acme-msp'""".formatted(sqlId(GROUP, "n", "0"), sqlId(ACCOUNT, "n", "0")), from, to);
            range(connection, """
                    INSERT INTO org SELECT (jsonb_populate_record(o, jsonb_build_object(
                        'id', %s, 'group_id', %s, 'name', 'Account ' || n, 'alias', 'account-' || n))).*
                    FROM org o, generate_series(?, ?) n WHERE o.alias = 'acme-msp'
                    """.formatted(sqlId(ACCOUNT, "n", "0"), sqlId(GROUP, "n", "0")), from, to);
            range(connection, """
                    UPDATE keycloak_group g SET org_id = o.id FROM org o, generate_series(?, ?) n
                    WHERE o.group_id = g.id AND o.id = %s""".formatted(sqlId(ACCOUNT, "n", "0")), from, to);
            attribute(connection, from, to, "'psa'", "'autotask'");
            attribute(connection, from, to, "'two-factor-mode'", "'optional'");
            attribute(connection, from, to, companies, "'company.c' || c", "'Company ' || c || ' of ' || n");
            attribute(connection, from, to, companies, "'company.c' || c || '.package'", "'xero'");
            people(connection, from, to, companies, people);
            connection.commit();
            connection.setAutoCommit(true);
            try (Statement statement = connection.createStatement()) {
                statement.execute("ANALYZE");
            }
        }
    }

    /** Marks the users of an account, except its account-admin, as managed by its directory. */
    void managedByDirectory(int account) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("""
                    INSERT INTO user_attribute (id, user_id, name, value)
                    SELECT gen_random_uuid()::text, u.id, a.name,
                        CASE a.name WHEN 'scim-link' THEN 'managed' ELSE 'external-' || u.username END
                    FROM user_entity u, (VALUES ('scim-link'), ('scim-external-id')) a (name)
                    WHERE u.username LIKE 'p%%@account-%1$d.example' AND u.id <> '%2$s'""".formatted(account, userId(account, 0)));
            statement.execute("ANALYZE user_attribute");
        }
    }

    /**
     * Records a last login within the last 90 days for users 0 to {@code people - 1} of accounts {@code from} to {@code to}.
     */
    void lastLogins(int from, int to, int people) throws SQLException {
        try (Connection connection = database.getConnection()) {
            range(connection, """
                    INSERT INTO user_attribute (id, user_id, name, value)
                    SELECT %s, %s, 'last-login', (CURRENT_DATE - (i * 7919 %% 90))::text
                    FROM generate_series(?, ?) n, generate_series(0, %d) i""".formatted(sqlId("a2", "n", "i"), sqlId(PERSON, "n", "i"), people - 1), from, to);
        }
    }

    /** Replaces the day of the last login of the account-admins of accounts {@code from} to {@code to}. */
    void lastLoginsOfAdmins(int from, int to, int daysAgo) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("""
                    DELETE FROM user_attribute a USING generate_series(%d, %d) n
                    WHERE a.name = 'last-login' AND a.user_id = %s""".formatted(from, to, sqlId(PERSON, "n", "0")));
            range(connection, """
                    INSERT INTO user_attribute (id, user_id, name, value)
                    SELECT gen_random_uuid()::text, %s, 'last-login', ((NOW() AT TIME ZONE 'UTC')::date - %d)::text
                    FROM generate_series(?, ?) n""".formatted(sqlId(PERSON, "n", "0"), daysAgo), from, to);
        }
    }

    /** Records that the account-admins of accounts {@code from} to {@code to} chose "Not now" today. */
    void appsDeclined(int from, int to) throws SQLException {
        try (Connection connection = database.getConnection()) {
            range(connection, """
                    INSERT INTO user_attribute (id, user_id, name, value)
                    SELECT %s, %s, 'two-factor-declined-at', to_char(NOW() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
                    FROM generate_series(?, ?) n""".formatted(sqlId("a3", "n", "0"), sqlId(PERSON, "n", "0")), from, to);
        }
    }

    /**
     * Adds the events of 90 days to accounts {@code from} to {@code to}: a login per entry, and a change of a user per ten
     * of them.
     *
     * @param people the number of users of each account
     * @param entries the number of logins of each account
     */
    void events(int from, int to, int people, int entries) throws SQLException {
        String user = sqlId(PERSON, "n", "(e %% %d)".formatted(people));
        String time = "((EXTRACT(EPOCH FROM NOW()) - e * 86400.0 * 90 / %d) * 1000)::bigint".formatted(entries + 1);
        String series = "realm r, generate_series(?, ?) n, generate_series(1, %d) e".formatted(entries);
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            range(connection, """
                    INSERT INTO event_entity (id, realm_id, event_time, type, client_id, user_id, session_id, ip_address,
                        details_json_long_value)
                    SELECT gen_random_uuid()::text, r.id, %s, 'LOGIN', 'wise-sync-app', %s, gen_random_uuid()::text,
                        '203.0.113.1', '{"auth_method":"openid-connect"}'
                    FROM %s WHERE r.name = 'wise-sync'""".formatted(time, user, series), from, to);
            range(
                    connection,
                    """
                    INSERT INTO admin_event_entity (id, realm_id, admin_event_time, operation_type, resource_type,
                        resource_path, auth_realm_id, auth_user_id, ip_address, details_json)
                    SELECT gen_random_uuid()::text, r.id, %s, 'UPDATE', 'USER', 'users/' || %s, r.id, %s, '203.0.113.1',
                        json_build_object('account', %s)::text
                    FROM %s WHERE r.name = 'wise-sync' AND e %% 10 = 0""".formatted(time, user, sqlId(PERSON, "n", "0"), sqlId(ACCOUNT, "n", "0"), series),
                    from,
                    to);
            statement.execute("ANALYZE event_entity, admin_event_entity");
        }
    }

    /** Replaces the pending deactivations with {@code entries} that are due in a day. */
    static void waiting(DataSource database, int entries) {
        pending(database, entries, "1 day");
    }

    /** Replaces the pending deactivations with {@code entries} that are due now, of deleted users. */
    static void due(DataSource database, int entries) {
        pending(database, entries, "0 days");
    }

    private static void pending(DataSource database, int entries, String in) {
        // PostgreSQL 18 finds pending entries of every kind by the index of kind and status, by a skip scan.
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM outbox_entry WHERE status = 'PENDING'");
            statement.executeUpdate("""
                    INSERT INTO outbox_entry (id, entry_kind, realm_id, owner_id, correlation_id, entry_type, payload,
                        status, attempts, next_attempt_at, created_at)
                    SELECT gen_random_uuid()::text, 'wise-pay', r.id, 'owner-' || n, 'waiting-' || n, 'user.disabled',
                        json_build_object('id', 'waiting-' || n, 'type', 'user.disabled', 'reason', 'admin',
                            'occurredAt', '2026-01-01T00:00:00.000Z', 'user', json_build_object('id', 'owner-' || n))::text,
                        'PENDING', 0, NOW() + INTERVAL '%s', NOW()
                    FROM realm r, generate_series(1, %d) n WHERE r.name = 'wise-sync'""".formatted(in, entries));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Adds deactivations delivered within the last year, five per user, and some past their retention.
     *
     * @param expired the number of entries past their retention
     */
    static void delivered(DataSource database, int entries, int expired) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("""
                    INSERT INTO outbox_entry (id, entry_kind, realm_id, owner_id, container_id, correlation_id, entry_type,
                        payload, metadata, status, attempts, next_attempt_at, created_at, delivered_at)
                    SELECT 'delivered-' || n, 'wise-pay', r.id, 'delivered-' || n / 5, lpad(n::text, 20, '0'), 'delivered-' || n,
                        'user.disabled', json_build_object('id', 'delivered-' || n, 'type', 'user.disabled', 'reason', 'admin',
                            'occurredAt', '2026-01-01T00:00:00.000Z',
                            'user', json_build_object('id', 'delivered-' || n / 5))::text,
                        '{"answer":"[]"}', 'DELIVERED', 1, at, at, at
                    FROM realm r, generate_series(1, %1$d) n,
                        LATERAL (SELECT NOW() - CASE WHEN n <= %2$d THEN INTERVAL '370 days'
                            ELSE n * INTERVAL '360 days' / %1$d END AS at) moment
                    WHERE r.name = 'wise-sync'""".formatted(entries, expired));
            statement.execute("VACUUM ANALYZE outbox_entry");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void people(Connection connection, int from, int to, int companies, int people) throws SQLException {
        String person = sqlId(PERSON, "n", "i");
        String everybody = "generate_series(?, ?) n, generate_series(0, %d) i".formatted(people - 1);
        range(connection, """
                INSERT INTO user_entity SELECT (jsonb_populate_record(u, jsonb_build_object('id', %s,
                    'username', %s, 'email', %s, 'email_constraint', %s,
                    'first_name', 'First' || i, 'last_name', 'Last' || (i * 7919 %% 1000)))).*
                FROM user_entity u, %s WHERE u.username = 'uma@acme.example'""".formatted(person, sqlName(), sqlName(), sqlName(), everybody), from, to);
        range(connection, """
                INSERT INTO user_group_membership SELECT (jsonb_populate_record(m, jsonb_build_object(
                    'user_id', %s, 'group_id', %s))).*
                FROM user_group_membership m JOIN user_entity u ON u.id = m.user_id
                JOIN org o ON o.group_id = m.group_id, %s WHERE u.username = 'uma@acme.example'""".formatted(person, sqlId(GROUP, "n", "0"), everybody), from, to);
        range(connection, """
                INSERT INTO user_role_mapping SELECT (jsonb_populate_record(m, jsonb_build_object('user_id', %s))).*
                FROM user_role_mapping m JOIN user_entity u ON u.id = m.user_id, %s
                WHERE u.username = CASE WHEN i = 0 THEN 'ada@acme.example' ELSE 'uma@acme.example' END""".formatted(person, everybody), from, to);
        range(connection, """
                INSERT INTO credential SELECT (jsonb_populate_record(c, jsonb_build_object(
                    'id', %s, 'user_id', %s))).*
                FROM credential c JOIN user_entity u ON u.id = c.user_id, %s
                WHERE u.username = 'uma@acme.example' AND c.type = 'password'""".formatted(sqlId("c1", "n", "i"), person, everybody), from, to);
        range(connection, """
                INSERT INTO credential (id, type, user_id, created_date, user_label, secret_data, credential_data,
                    priority, version)
                SELECT %s, 'otp', %s, 1, 'Phone', '{"value":"%s"}',
                    '{"subType":"totp","digits":6,"counter":0,"period":30,"algorithm":"HmacSHA1"}', 20, 0
                FROM %s WHERE i %% 5 = 4""".formatted(sqlId("c2", "n", "i"), person, APP_SECRET, everybody), from, to);
        if (companies > 0) {
            range(connection, """
                    INSERT INTO user_attribute (id, user_id, name, value)
                    SELECT %s, %s, 'companies', 'c' || (1 + i %% %d) FROM %s WHERE i > 0""".formatted(sqlId("a1", "n", "i"), person, companies, everybody), from, to);
        }
    }

    private static void attribute(Connection connection, int from, int to, String name, String value)
            throws SQLException {
        attribute(connection, from, to, 1, name, value);
    }

    /** Adds one attribute per company {@code c}. */
    private static void attribute(Connection connection, int from, int to, int companies, String name, String value)
            throws SQLException {
        range(connection, """
                INSERT INTO group_attribute (id, name, value, group_id)
                SELECT gen_random_uuid()::text, %s, %s, %s FROM generate_series(?, ?) n, generate_series(1, %d) c
                """.formatted(name, value, sqlId(GROUP, "n", "0"), companies), from, to);
    }

    private static void range(Connection connection, String sql, int from, int to) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, from);
            statement.setInt(2, to);
            statement.executeUpdate();
        }
    }

    private static String id(String kind, int n, int i) {
        return "%s000000-0000-4000-8000-%06x%06x".formatted(kind, n, i);
    }

    private static String sqlId(String kind, String n, String i) {
        return "'%s000000-0000-4000-8000-' || lpad(to_hex(%s), 6, '0') || lpad(to_hex(%s), 6, '0')"
                .formatted(kind, n, i);
    }

    private static String sqlName() {
        return "'p' || i || '@account-' || n || '.example'";
    }
}
