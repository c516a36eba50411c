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
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The servers that {@code mvn -Prun} starts. */
@Tag("full")
class RunIT {

    // Of Keycloak's cluster: JGroups, and its failure detection.
    private static final List<Integer> CLUSTER_PORTS = List.of(7800, 57800);

    private static final Pattern SPACE = Pattern.compile("\\s+");

    /** The state of a listening socket in /proc/net/tcp. */
    private static final String LISTENING = "0A";

    @Test
    void everythingListensOnTheLoopbackInterfaceOnly() throws IOException {
        InetAddress outside = addressOfThisMachine().orElse(null);
        Assumptions.assumeTrue(outside != null, "this machine has another interface");
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
            assertThat(server.log()).doesNotContain("JGroups");
            Set<Integer> listening = listeningPorts(server.pid());
            assertThat(listening).contains(port(server.url()), port(server.managementUrl()));
            assertThat(listening).doesNotContainAnyElementsOf(CLUSTER_PORTS);
        }
    }

    /** The ports on which the process listens. Other servers of these tests may have cluster ports of their own. */
    private static Set<Integer> listeningPorts(long pid) throws IOException {
        Path process = Path.of("/proc", String.valueOf(pid));
        Assumptions.assumeTrue(Files.isDirectory(process), "this system has /proc");
        Set<String> sockets = new HashSet<>();
        try (Stream<Path> files = Files.list(process.resolve("fd"))) {
            for (Path file : files.toList()) {
                sockets.add(target(file));
            }
        }
        Set<Integer> ports = new HashSet<>();
        for (String table : List.of("tcp", "tcp6")) {
            for (String line : Files.readAllLines(process.resolve("net").resolve(table))) {
                // Number, local address, remote address, state, ..., inode.
                List<String> fields = SPACE.splitAsStream(line.strip()).toList();
                if (fields.get(3).equals(LISTENING) && sockets.contains("socket:[" + fields.get(9) + "]")) {
                    String address = fields.get(1);
                    ports.add(Integer.parseInt(address.substring(address.indexOf(':') + 1), 16));
                }
            }
        }
        return ports;
    }

    private static String target(Path link) throws IOException {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (NoSuchFileException closed) {
            return "";
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
