package com.wisesync.keycloak.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * Checks that the ports of the local run are free. {@code mvn -Prun} starts this source file before it builds anything, so it
 * uses nothing but the JDK.
 */
public final class PortCheck {

    private PortCheck() {}

    /**
     * Ends with exit code 1 and a message if a port is taken.
     *
     * @param arguments pairs of a property and its port, for example {@code http.port 8080}
     */
    public static void main(String[] arguments) {
        boolean free = true;
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            free &= isFree(arguments[i], arguments[i + 1]);
        }
        if (!free) {
            System.exit(1);
        }
    }

    private static boolean isFree(String property, String port) {
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65_535) {
            System.err.printf("-D%s=%s is not a port%n", property, port);
            return false;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port)));
            return true;
        } catch (IOException e) {
            System.err.printf("Port %s is taken; choose another one with -D%s=...%n", port, property);
            return false;
        }
    }
}
