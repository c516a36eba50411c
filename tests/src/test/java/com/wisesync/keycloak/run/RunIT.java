package com.wisesync.keycloak.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.wisesync.keycloak.simulator.WisePaySimulator;
import com.wisesync.keycloak.testing.DemoVault;
import com.wisesync.keycloak.testing.Distribution;
import com.wisesync.keycloak.testing.KeycloakProcess;
import com.wisesync.keycloak.testing.Mailbox;
import com.wisesync.keycloak.testing.Ports;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The servers that {@code mvn -Prun} starts. */
@Tag("full")
class RunIT {

    // Of Keycloak's cluster: JGroups, and its failure detection.
    private static final List<Integer> CLUSTER_PORTS = List.of(7800, 57800);

    @Test
    void everythingListensOnTheLoopbackInterfaceOnly() throws IOException {
        InetAddress outside = addressOfThisMachine().orElse(null);
        Assumptions.assumeTrue(outside != null, "this machine has another interface");
        List<Integer> openBefore =
                CLUSTER_PORTS.stream().filter(port -> accepts(outside, port)).toList();
        int mailPage = Ports.free();
        try (Mailbox mailbox = Mailbox.startLocal();
                WisePaySimulator wisePay =
                        WisePaySimulator.startLocal(0, DemoVault.WISE_PAY_API_KEY, DemoVault.WISE_PAY_WEBHOOK_SECRET);
                KeycloakProcess server = KeycloakProcess.start(
                        Distribution.withExtension(), Run.settings("run-it", mailbox.port(), wisePay.port()))) {
            MailPage.start(mailPage, mailbox);
            List<Integer> ports =
                    List.of(mailbox.port(), mailPage, wisePay.port(), port(server.url()), port(server.managementUrl()));

            assertThat(ports)
                    .allSatisfy(port -> assertThat(accepts(InetAddress.getLoopbackAddress(), port))
                            .as("local port %d", port)
                            .isTrue())
                    .allSatisfy(port -> assertThat(accepts(outside, port))
                            .as("%s:%d", outside, port)
                            .isFalse());
            assertThat(CLUSTER_PORTS).filteredOn(port -> accepts(outside, port)).containsExactlyElementsOf(openBefore);
            assertThat(server.log()).doesNotContain("JGroups");
        }
    }

    private static boolean accepts(InetAddress address, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 2_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<InetAddress> addressOfThisMachine() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .findFirst();
    }

    private static int port(String url) {
        return URI.create(url).getPort();
    }
}
