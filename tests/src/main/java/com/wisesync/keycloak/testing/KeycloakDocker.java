package com.wisesync.keycloak.testing;

import dasniko.testcontainers.keycloak.KeycloakContainer;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.testcontainers.Testcontainers;
import org.testcontainers.containers.output.OutputFrame;
import org.testcontainers.images.builder.Transferable;

/** A Keycloak of the official image, with the same jars, realm and settings as {@link KeycloakProcess}. */
final class KeycloakDocker implements Server {

    private static final String HOST = "host.testcontainers.internal";
    private static final String VAULT = "/opt/keycloak/data/vault/";

    private final KeycloakContainer container;

    private KeycloakDocker(KeycloakContainer container) {
        this.container = container;
    }

    static KeycloakDocker start(ServerSettings settings) {
        Testcontainers.exposeHostPorts(settings.mailPort(), settings.wisePayPort());
        KeycloakContainer container = new KeycloakContainer(image())
                .withProviderLibsFrom(List.of(
                        SourceTree.providersJar().toFile(),
                        SourceTree.themesJar().toFile()))
                .withProductionMode()
                .withStartupTimeout(Duration.ofMinutes(5));
        Distribution.BUILD_OPTIONS.forEach(container::withCustomCommand);
        // The container's production mode sets it already, and kc.sh accepts it only once.
        settings.optionsSeenFrom(HOST).stream()
                .filter(option -> !option.equals("--import-realm"))
                .forEach(container::withCustomCommand);
        container.withCustomCommand("--vault-dir=" + VAULT);
        container.withEnv(settings.environmentSeenFrom(HOST));
        for (Map.Entry<String, String> secret : DemoVault.FILES.entrySet()) {
            container.withCopyToContainer(Transferable.of(secret.getValue()), VAULT + secret.getKey());
        }
        container.withCopyToContainer(
                Transferable.of(settings.realm()), "/opt/keycloak/data/import/" + REALM + "-realm.json");
        logTo(container, SourceTree.target().resolve(settings.name() + ".log"));
        container.start();
        return new KeycloakDocker(container);
    }

    @Override
    public String url() {
        return container.getAuthServerUrl();
    }

    @Override
    public String ownUrl() {
        return "http://localhost:8080";
    }

    @Override
    public String urlSeenFromIt(int port) {
        Testcontainers.exposeHostPorts(port);
        return "http://" + HOST + ":" + port;
    }

    @Override
    public String managementUrl() {
        return container.getMgmtServerUrl();
    }

    @Override
    public String log() {
        return container.getLogs();
    }

    @Override
    public void close() {
        container.stop();
    }

    private static String image() {
        return "quay.io/keycloak/keycloak:" + System.getProperty("keycloak.version");
    }

    private static void logTo(KeycloakContainer container, Path log) {
        try {
            Files.deleteIfExists(log);
            Files.createFile(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        File file = log.toFile();
        container.withLogConsumer(frame -> append(file, frame));
    }

    private static void append(File file, OutputFrame frame) {
        try {
            Files.writeString(file.toPath(), frame.getUtf8String(), StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
