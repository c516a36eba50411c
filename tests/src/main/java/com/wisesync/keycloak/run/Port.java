package com.wisesync.keycloak.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** A port with a default, which a system property overrides. */
record Port(String property, int number) {

    static Port of(String property, int number) throws PortTakenException {
        String value = System.getProperty(property, String.valueOf(number));
        if (!value.matches("\\d{1,5}") || Integer.parseInt(value) < 1 || Integer.parseInt(value) > 65_535) {
            throw new PortTakenException("-D%s=%s is not a port".formatted(property, value));
        }
        return new Port(property, Integer.parseInt(value));
    }

    static void requireFree(Port... ports) throws PortTakenException {
        for (Port port : ports) {
            port.requireFree();
        }
    }

    String url() {
        return "http://localhost:" + number;
    }

    private void requireFree() throws PortTakenException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), number));
        } catch (IOException e) {
            throw new PortTakenException(
                    "Port %d is taken; choose another one with -D%s=...".formatted(number, property));
        }
    }
}
