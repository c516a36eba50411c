package com.wisesync.keycloak.sessions;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.Testbed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.keycloak.representations.idm.ClientRepresentation;

/** An application of its own that receives back-channel logouts, or accepts connections and never answers. */
final class Receiver implements AutoCloseable {

    private final List<JWTClaimsSet> received = new CopyOnWriteArrayList<>();
    private final AutoCloseable server;
    private final int port;

    private Receiver(AutoCloseable server, int port) {
        this.server = server;
        this.port = port;
    }

    static Receiver answering() throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Receiver receiver = new Receiver(() -> http.stop(0), http.getAddress().getPort());
        http.createContext("/logout", receiver::receive);
        http.start();
        return receiver;
    }

    /** The backlog accepts connections; nothing reads from them. */
    static Receiver hung() throws IOException {
        ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        return new Receiver(socket, socket.getLocalPort());
    }

    List<JWTClaimsSet> received() {
        return received;
    }

    /** A new application whose back-channel logouts come here. */
    Application application(Testbed testbed) {
        Application application = new Application(
                "receiver-" + UUID.randomUUID(), Optional.of("secret"), Application.WISE_SYNC.redirect());
        ClientRepresentation client = testbed.realm()
                .clients()
                .findByClientId(Application.WISE_SYNC.clientId())
                .get(0);
        client.setId(null);
        client.setClientId(application.clientId());
        client.setSecret("secret");
        client.getAttributes().remove("wise-sync.lifecycle.url");
        client.getAttributes().put("backchannel.logout.url", "http://127.0.0.1:" + port + "/logout");
        client.getAttributes().put("backchannel.logout.revoke.offline.tokens", "true");
        client.getProtocolMappers().forEach(mapper -> mapper.setId(null));
        testbed.realm().clients().create(client).close();
        return application;
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String token = URLDecoder.decode(body.substring("logout_token=".length()), StandardCharsets.UTF_8);
            received.add(JWTParser.parse(token).getJWTClaimsSet());
            exchange.sendResponseHeaders(204, -1);
        } catch (ParseException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
