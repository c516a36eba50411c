package com.wisesync.keycloak.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/**
 * The one address of the cluster for clients. Sends every new connection to the current node; existing connections
 * stay with their node.
 */
final class ClusterProxy {

    private static final Logger LOG = Logger.getLogger(ClusterProxy.class);

    private final ServerSocket entrance;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "proxy");
        thread.setDaemon(true);
        return thread;
    });
    private volatile int port;

    private ClusterProxy(ServerSocket entrance) {
        this.entrance = entrance;
    }

    static ClusterProxy open() {
        try {
            ClusterProxy proxy = new ClusterProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            proxy.threads.execute(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://localhost:" + entrance.getLocalPort();
    }

    void pointAt(String node) {
        port = URI.create(node).getPort();
    }

    private void accept() {
        try {
            while (!entrance.isClosed()) {
                Socket caller = entrance.accept();
                threads.execute(() -> connect(caller));
            }
        } catch (IOException e) {
            LOG.infof("The proxy has closed: %s", e.getMessage());
        }
    }

    private void connect(Socket caller) {
        try {
            Socket node = new Socket(InetAddress.getLoopbackAddress(), port);
            threads.execute(() -> relay(caller, node));
            threads.execute(() -> relay(node, caller));
        } catch (IOException e) {
            LOG.infof("No way to the node on port %d: %s", port, e.getMessage());
            close(caller);
        }
    }

    /** Closes both sockets when either direction ends. */
    private static void relay(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            LOG.debugf("A connection ended: %s", e.getMessage());
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debugf("A connection ended: %s", e.getMessage());
        }
    }
}
