package com.wisesync.keycloak.run;

import com.wisesync.keycloak.simulator.WisePaySimulator;
import com.wisesync.keycloak.testing.DemoVault;
import com.wisesync.keycloak.testing.Distribution;
import com.wisesync.keycloak.testing.KeycloakProcess;
import com.wisesync.keycloak.testing.Mailbox;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.ServerSettings;
import com.wisesync.keycloak.testing.SourceTree;
import java.io.IOException;

/**
 * Starts Keycloak with the extension and the demo realm, a mailbox and the Wise-Pay simulator, prints their addresses, and
 * ends with Ctrl-C. Everything listens on 127.0.0.1; {@code -Dhttp.host} changes that for Keycloak. Every start begins with
 * the demo data of the realm files.
 */
public final class Run {

    private Run() {}

    /** Runs in Maven's own process: an interrupt ends it and everything started here. */
    public static void main(String[] arguments) throws IOException {
        try {
            run();
        } catch (PortTakenException e) {
            // Not thrown: Maven would print the same in twenty lines.
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static void run() throws IOException {
        Port http = Port.of("http.port", 8080);
        Port mail = Port.of("mail.port", 8025);
        Port wisePay = Port.of("wise-pay.port", 8090);
        Port.requireFree(http, mail, wisePay);

        Mailbox mailbox = Mailbox.startLocal();
        WisePaySimulator simulator = WisePaySimulator.startLocal(
                wisePay.number(), DemoVault.WISE_PAY_API_KEY, DemoVault.WISE_PAY_WEBHOOK_SECRET);
        simulator.addOneOfEach(Person.UMA.id());
        MailPage.start(mail.number(), mailbox);

        System.out.println(
                "Starting Keycloak; its log is " + SourceTree.target().resolve("run.log"));
        Distribution distribution = Distribution.withExtension();
        KeycloakProcess server = KeycloakProcess.start(
                distribution, settings("run", mailbox.port(), wisePay.number()).withHttpPort(http.number()));
        System.out.println(Welcome.text(server, mail, wisePay));
        mailbox.onMail(received -> System.out.println(MailLine.of(received)));

        server.awaitEnd();
        System.err.println("Keycloak has ended, see " + SourceTree.target().resolve("run.log"));
        System.exit(1);
    }

    /** A single node: without a cluster, it opens no ports for other nodes. */
    static ServerSettings settings(String name, int mailPort, int wisePayPort) {
        return ServerSettings.demo(name, mailPort, wisePayPort)
                .withJvmOptions("-Xms256m", "-Xmx700m")
                .withOptions("--http-host=" + System.getProperty("http.host", "127.0.0.1"), "--cache=local");
    }
}
