package com.wisesync.keycloak.simulator;

import com.wisesync.keycloak.testing.Person;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs only the simulator, for docker-compose.yml: on port 8090, with its secrets in files. */
public final class Serve {

    private static final int PORT = 8090;
    private static final Path SECRETS = Path.of("/run/secrets");

    private Serve() {}

    public static void main(String[] arguments) throws IOException {
        WisePaySimulator simulator =
                WisePaySimulator.start(PORT, secret("wise-pay-api-key"), secret("wise-pay-webhook-secret"));
        simulator.addOneOfEach(Person.UMA.id());
        System.out.println("Wise-Pay simulator on port " + PORT);
    }

    private static String secret(String name) throws IOException {
        return Files.readString(SECRETS.resolve(name)).strip();
    }
}
