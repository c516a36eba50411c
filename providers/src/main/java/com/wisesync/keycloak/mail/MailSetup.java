package com.wisesync.keycloak.mail;

import com.wisesync.keycloak.SetupCheck;
import com.wisesync.keycloak.SetupFinding;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Checks that the realm has a mail server and that it answers with its greeting. Does not log in and sends nothing.
 */
public final class MailSetup implements SetupCheck {

    private static final String REACHABLE = "mail-server";
    private static final int TIMEOUT_MS = 3000;
    private static final int DEFAULT_PORT = 25;

    @Override
    public Stream<SetupFinding> findings(KeycloakSession session, RealmModel realm) {
        Map<String, String> smtp = realm.getSmtpConfig();
        return Stream.of(SetupFinding.require(isSet(smtp, "host") && isSet(smtp, "from"), "mail-settings"));
    }

    @Override
    public List<Probe> probes(KeycloakSession session, RealmModel realm) {
        Map<String, String> smtp = Map.copyOf(realm.getSmtpConfig());
        return isSet(smtp, "host")
                ? List.of(new Probe(REACHABLE, () -> {
                    greet(smtp);
                    return SetupFinding.ok(REACHABLE);
                }))
                : List.of();
    }

    private static void greet(Map<String, String> smtp) throws IOException {
        String port = smtp.getOrDefault("port", "");
        SocketFactory sockets =
                Boolean.parseBoolean(smtp.get("ssl")) ? SSLSocketFactory.getDefault() : SocketFactory.getDefault();
        try (Socket socket = sockets.createSocket()) {
            socket.connect(
                    new InetSocketAddress(smtp.get("host"), port.isEmpty() ? DEFAULT_PORT : Integer.parseInt(port)),
                    TIMEOUT_MS);
            socket.setSoTimeout(TIMEOUT_MS);
            String greeting = new String(socket.getInputStream().readNBytes(3), StandardCharsets.US_ASCII);
            if (!greeting.equals("220")) {
                throw new IOException("The server does not answer as a mail server");
            }
        }
    }

    private static boolean isSet(Map<String, String> smtp, String name) {
        return !smtp.getOrDefault(name, "").isBlank();
    }
}
