package com.wisesync.keycloak.benchmark;

import com.wisesync.keycloak.simulator.WisePaySimulator;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.DemoVault;
import com.wisesync.keycloak.testing.Distribution;
import com.wisesync.keycloak.testing.KeycloakProcess;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Mailbox;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Server;
import com.wisesync.keycloak.testing.ServerSettings;
import com.wisesync.keycloak.testing.Tokens;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.Locale;

/**
 * Figures to size a node: processor time of a login, a refresh, a page of users and a disable, and memory. Processor time,
 * because it hardly depends on other load of the machine. See {@code docs/operate.md}.
 */
public final class Sizing {

    private static final int TIMES = 200;

    private Sizing() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (EmbeddedPostgres database = EmbeddedPostgres.start();
                Mailbox mailbox = Mailbox.start();
                WisePaySimulator wisePay =
                        WisePaySimulator.start(0, DemoVault.WISE_PAY_API_KEY, DemoVault.WISE_PAY_WEBHOOK_SECRET);
                KeycloakProcess server = KeycloakProcess.start(
                        Distribution.withExtensionOnPostgres(), settings(database, mailbox, wisePay))) {
            double empty = Memory.megabytes(server);
            Runnable login = () -> new Login(server, Application.WISE_SYNC).as(Person.UMA, mailbox);
            Tokens[] tokens = {new Login(server, Application.WISE_SYNC).as(Person.UMA, mailbox)};
            String[] token = {service(server)};
            Api api = new Api(server.apiUrl(), () -> token[0]);
            String users = "/accounts/" + DemoAccounts.ACME + "/users";
            String user = users + "/"
                    + Server.realm(server.adminClient())
                            .users()
                            .searchByUsername(Person.UMA.username(), true)
                            .get(0)
                            .getId();

            print("login with password and emailed code", server, login);
            print("refreshed token", server, () -> tokens[0] = tokens[0].refreshed(server, Application.WISE_SYNC));
            print("token of a service", server, () -> token[0] = service(server));
            print("page of users", server, () -> api.get(users));
            token[0] = service(server);
            print("user disabled and enabled, with the delivery to Wise-Pay", server, () -> {
                api.post(user + "/disable", null);
                api.post(user + "/enable", null);
            });
            System.out.printf(
                    Locale.ROOT,
                    "JVM after the start %.0f MB, after %d logins %.0f MB%n",
                    empty,
                    2 * TIMES + 1,
                    Memory.megabytes(server));
        }
    }

    private static void print(String what, KeycloakProcess server, Runnable work) {
        // The first calls warm up the server.
        for (int i = 0; i < TIMES; i++) {
            work.run();
        }
        long before = server.processorTime().toMillis();
        for (int i = 0; i < TIMES; i++) {
            work.run();
        }
        System.out.printf(
                Locale.ROOT,
                "%s: %.1f ms of processor time%n",
                what,
                (double) (server.processorTime().toMillis() - before) / TIMES);
    }

    private static String service(KeycloakProcess server) {
        return Tokens.ofService(server, "wise-sync-service", "wise-sync-service-secret")
                .access();
    }

    private static ServerSettings settings(EmbeddedPostgres database, Mailbox mailbox, WisePaySimulator wisePay) {
        return ServerSettings.demo("sizing", mailbox.port(), wisePay.port())
                .withOptions(
                        "--db-url=" + database.getJdbcUrl("postgres", "postgres"),
                        "--db-username=postgres",
                        "--db-password=postgres")
                // The heap in a container of 1536 MB.
                .withJvmOptions("-Xms1075m", "-Xmx1075m");
    }
}
