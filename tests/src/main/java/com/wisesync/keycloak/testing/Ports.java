package com.wisesync.keycloak.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Free ports. */
public final class Ports {

    private Ports() {}

    /**
     * A port that stays free for a while. Not one that the system chooses: outgoing connections use those too, and may take the
     * port of a server that was killed before it is started again.
     */
    public static int free() {
        int port;
        do {
            port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
        } while (!isFree(port));
        return port;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (BindException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
