package com.wisesync.keycloak.testing;

import org.testcontainers.DockerClientFactory;

/** Where servers of tests run: in Docker if there is an engine, else as processes. {@code -Dkeycloak.it} forces one. */
public final class Servers {

    private Servers() {}

    public static Server start(ServerSettings settings) {
        return docker() ? KeycloakDocker.start(settings) : KeycloakProcess.start(Distribution.ours(), settings);
    }

    private static boolean docker() {
        return switch (System.getProperty("keycloak.it", "auto")) {
            case "docker" -> true;
            case "process" -> false;
            default -> DockerClientFactory.instance().isDockerAvailable();
        };
    }
}
