package com.wisesync.keycloak.testing;

/** Starts the servers of tests as processes, or in Docker with {@code -Dkeycloak.it=docker}. */
public final class Servers {

    private Servers() {}

    public static Server start(ServerSettings settings) {
        return docker()
                ? KeycloakDocker.start(settings)
                : KeycloakProcess.start(Distribution.withExtension(), settings);
    }

    private static boolean docker() {
        return System.getProperty("keycloak.it", "process").equals("docker");
    }
}
