package com.wisesync.keycloak.sessions;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.Testbed;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.ClientRepresentation;

/** An application that receives back-channel logouts, or accepts connections and never answers. */
public final class Receiver implements AutoCloseable {

    private final List<JWTClaimsSet> received = new CopyOnWriteArrayList<>();
    private final List<Socket> hanging = new CopyOnWriteArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger abandoned = new AtomicInteger();
    private final AutoCloseable server;
    private final int port;
    private volatile boolean unavailable;

    private Receiver(AutoCloseable server, int port) {
        this.server = server;
        this.port = port;
    }

    public static Receiver answering() throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Receiver receiver = new Receiver(() -> http.stop(0), http.getAddress().getPort());
        http.createContext("/logout", receiver::receive);
        http.start();
        return receiver;
    }

    /** Accepts connections and reads from them, but does not answer. */
    static Receiver hung() throws IOException {
        ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Receiver receiver = new Receiver(socket, socket.getLocalPort());
        daemon(() -> receiver.accept(socket));
        return receiver;
    }

    public List<JWTClaimsSet> received() {
        return received;
    }

    /** The number of logouts sent to a hung application. */
    int accepted() {
        return accepted.get();
    }

    /** The number of logouts for which the server no longer waits. */
    int abandoned() {
        return abandoned.get();
    }

    /** Answers 503, or accepts logouts again. */
    public void unavailable(boolean now) {
        unavailable = now;
    }

    /** A new application whose back-channel logouts are sent to this receiver. */
    Application application(Testbed testbed) {
        return application(testbed.realm());
    }

    /** A new application of any server's realm. */
    public Application application(RealmResource realm) {
        Application application = new Application(
                "receiver-" + UUID.randomUUID(), Optional.of("secret"), Application.WISE_SYNC.redirect());
        ClientRepresentation client =
                realm.clients().findByClientId(Application.WISE_SYNC.clientId()).get(0);
        client.setId(null);
        client.setClientId(application.clientId());
        client.setSecret("secret");
        client.getAttributes().remove("wise-sync.lifecycle.url");
        client.getAttributes().put("backchannel.logout.url", "http://127.0.0.1:" + port + "/logout");
        client.getAttributes().put("backchannel.logout.revoke.offline.tokens", "true");
        client.getProtocolMappers().forEach(mapper -> mapper.setId(null));
        realm.clients().create(client).close();
        return application;
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (unavailable) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String token = URLDecoder.decode(body.substring("logout_token=".length()), StandardCharsets.UTF_8);
            received.add(JWTParser.parse(token).getJWTClaimsSet());
            exchange.sendResponseHeaders(204, -1);
        } catch (ParseException e) {
            throw new IOException(e);
        }
    }

    private void accept(ServerSocket socket) {
        try {
            while (!socket.isClosed()) {
                Socket connection = socket.accept();
                hanging.add(connection);
                accepted.incrementAndGet();
                daemon(() -> readToTheEnd(connection));
            }
        } catch (IOException e) {
            // The test has ended.
            return;
        }
    }

    private void readToTheEnd(Socket connection) {
        try (connection) {
            connection.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // Reset instead of closed.
        } finally {
            abandoned.incrementAndGet();
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "hung-application");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
            // Otherwise the server's senders wait for their timeout, and the next test for them.
            for (Socket connection : hanging) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
