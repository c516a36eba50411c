package com.wisesync.keycloak.benchmark;

import static com.wisesync.keycloak.benchmark.Target.atMost;

import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.Distribution;
import com.wisesync.keycloak.testing.KeycloakProcess;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Server;
import com.wisesync.keycloak.twofactor.AuthenticatorApp;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.SQLException;
import java.util.List;
import java.util.function.IntConsumer;
import javax.sql.DataSource;
import org.keycloak.admin.client.Keycloak;

/**
 * The processor time of a login on new servers: with password and emailed code, compared with stock Keycloak's login with
 * password and TOTP; and of the first login of a day, which writes the day, compared with a later one. Processor time,
 * because the email takes time of the mail server.
 */
final class LoginRows {

    /**
     * Enough for half a minute between two logins of a user, because Keycloak accepts a TOTP once. Each account has one
     * user for each server.
     */
    private static final int ACCOUNTS = 300;

    private static final int ADMIN = 0;
    private static final int WITH_APP = 4;

    private final BenchmarkEnvironment environment;
    private final int warmUps;
    private final int loginsPerTurn;

    LoginRows(BenchmarkEnvironment environment, boolean quick) {
        this.environment = environment;
        // All users in a full run: the first login of a day writes the day.
        this.warmUps = quick ? 60 : ACCOUNTS;
        this.loginsPerTurn = quick ? 10 : 25;
    }

    List<Row> rows(Interleaved interleaved) throws Exception {
        try (EmbeddedPostgres postgres = BenchmarkEnvironment.postgres()) {
            DataSource database = BenchmarkEnvironment.database(postgres, "logins");
            DataSource stockDatabase = BenchmarkEnvironment.database(postgres, "logins-stock");
            try (KeycloakProcess extension = KeycloakProcess.start(
                            Distribution.withExtensionOnPostgres(), environment.settings(postgres, "logins"));
                    KeycloakProcess stock = KeycloakProcess.start(
                            Distribution.stockOnPostgres(),
                            environment.settings(postgres, "logins-stock").withRealm(StockRealm.json(Server.REALM)))) {
                DataGenerator generator = new DataGenerator(database);
                generator.accounts(1, ACCOUNTS, 1, WITH_APP + 1);
                // Otherwise the first login of each user shows the offer to enroll an app.
                generator.appsDeclined(1, ACCOUNTS);
                new DataGenerator(stockDatabase).accounts(1, ACCOUNTS, 1, WITH_APP + 1);
                Turns withCode = new Turns(extension, account -> logInWithCode(extension, account));
                Turns withApp = new Turns(stock, account -> logInWithApp(stock, account));
                for (int i = 0; i < warmUps; i++) {
                    withCode.logIn();
                    withApp.logIn();
                }
                Row code = interleaved.ratio(
                        "login with password and emailed code",
                        "stock: login with password and TOTP",
                        "ms of processor time",
                        atMost(1.10),
                        () -> withCode.millisPerLogin(loginsPerTurn),
                        () -> withApp.millisPerLogin(loginsPerTurn));
                Row day = interleaved.ratio(
                        "first login of a day",
                        "a later login of the day",
                        "ms of processor time",
                        atMost(1.02),
                        () -> {
                            setLastLogins(generator, extension, 1);
                            return withCode.millisPerLogin(loginsPerTurn);
                        },
                        () -> {
                            setLastLogins(generator, extension, 0);
                            return withCode.millisPerLogin(loginsPerTurn);
                        });
                return List.of(code, day);
            }
        }
    }

    /** Sets the day of the last login of all account-admins; both sides of the row begin with empty caches of users. */
    private static void setLastLogins(DataGenerator generator, Server server, int daysAgo) throws SQLException {
        generator.lastLoginsOfAdmins(1, ACCOUNTS, daysAgo);
        try (Keycloak admin = server.adminClient()) {
            Server.realm(admin).clearUserCache();
        }
    }

    /** An account-admin without a device must always enter an emailed code. */
    private void logInWithCode(Server server, int account) {
        new Login(server, Application.WISE_SYNC).as(DataGenerator.person(account, ADMIN), environment.mailbox());
    }

    private static void logInWithApp(Server server, int account) {
        Person person = DataGenerator.person(account, WITH_APP);
        AuthenticatorApp app = new AuthenticatorApp("", DataGenerator.APP_SECRET);
        Login login = new Login(server, Application.WISE_SYNC);
        login.tokens(login.through(login.start(), person, app::nextCode));
    }

    /** Logs the users in one after the other. */
    private static final class Turns {

        private final KeycloakProcess server;
        private final IntConsumer logIn;
        private int logins;

        Turns(KeycloakProcess server, IntConsumer logIn) {
            this.server = server;
            this.logIn = logIn;
        }

        void logIn() {
            logIn.accept(1 + logins % ACCOUNTS);
            logins++;
        }

        double millisPerLogin(int count) {
            long before = server.processorTime().toMillis();
            for (int i = 0; i < count; i++) {
                logIn();
            }
            return (double) (server.processorTime().toMillis() - before) / count;
        }
    }
}
