package com.wisesync.keycloak.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A Keycloak as a local process, in a folder that links everything but its data. */
public final class KeycloakProcess implements Server {

    private static final Duration START = Duration.ofMinutes(6);
    private static final Duration COMMAND = Duration.ofMinutes(3);

    private final Process process;
    private final int httpPort;
    private final int managementPort;
    private final Path log;
    private final Path vault;

    private KeycloakProcess(Process process, int httpPort, int managementPort, Path log, Path vault) {
        this.process = process;
        this.httpPort = httpPort;
        this.managementPort = managementPort;
        this.log = log;
        this.vault = vault;
    }

    /** Starts a server with new data and waits until it is ready. */
    public static KeycloakProcess start(Distribution distribution, ServerSettings settings) {
        return start(distribution, settings, true);
    }

    /** Starts a stopped server again with its data. */
    public static KeycloakProcess startAgain(Distribution distribution, ServerSettings settings) {
        return start(distribution, settings, false);
    }

    /**
     * Runs a command of {@code kc.sh} that starts the server, does its work and ends, for example {@code export}. The server of
     * the same settings was started before.
     *
     * @param options of the command, such as the database's
     * @return what the command printed
     */
    public static String run(ServerSettings settings, String command, List<String> options)
            throws IOException, InterruptedException {
        Path home = SourceTree.target().resolve("servers").resolve(settings.name());
        List<String> java = KeycloakJava.command(home, settings.jvmOptions());
        java.addAll(List.of(command, "--optimized", "--vault-dir=" + home.resolve("data/vault")));
        java.addAll(options);
        ProcessBuilder builder = new ProcessBuilder(java).redirectErrorStream(true);
        builder.environment().keySet().removeIf(variable -> variable.startsWith("KC_"));
        builder.environment().putAll(settings.environmentSeenFrom("localhost"));
        Path log = SourceTree.target().resolve(settings.name() + "-" + command + ".log");
        Process process = builder.redirectOutput(log.toFile()).start();
        try {
            boolean ended = process.waitFor(COMMAND.toSeconds(), TimeUnit.SECONDS);
            String printed = Files.readString(log);
            if (!ended || process.exitValue() != 0) {
                throw new IllegalStateException("%s did not succeed:%n%s".formatted(command, printed));
            }
            return printed;
        } finally {
            process.destroyForcibly();
        }
    }

    private static KeycloakProcess start(Distribution distribution, ServerSettings settings, boolean fresh) {
        KeycloakProcess server;
        try {
            Path home = SourceTree.target().resolve("servers").resolve(settings.name());
            if (fresh) {
                Folders.delete(home.resolve("data"));
            }
            Folders.borrow(home, distribution.home(), List.of("bin", "conf", "lib", "providers", "themes"));
            Path vault = Folders.fill(home.resolve("data/vault"), DemoVault.FILES);
            if (settings.realm() != null) {
                Folders.fill(home.resolve("data/import"), Map.of(REALM + "-realm.json", settings.realm()));
            }
            int httpPort = settings.httpPort() == 0 ? Ports.free() : settings.httpPort();
            int managementPort = Ports.free();
            Path log = SourceTree.target().resolve(settings.name() + ".log");

            List<String> command = KeycloakJava.command(home, settings.jvmOptions());
            command.addAll(List.of("start", "--optimized"));
            command.addAll(settings.optionsSeenFrom("localhost"));
            command.addAll(List.of(
                    "--http-port=" + httpPort, "--http-management-port=" + managementPort, "--vault-dir=" + vault));
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.redirectOutput(
                    fresh ? ProcessBuilder.Redirect.to(log.toFile()) : ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().keySet().removeIf(variable -> variable.startsWith("KC_"));
            builder.environment().putAll(settings.environmentSeenFrom("localhost"));
            server = new KeycloakProcess(builder.start(), httpPort, managementPort, log, vault);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.stopWithThisProcess();
        server.awaitReady();
        return server;
    }

    /** Kills the process, like a power cut. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Changes a secret of the realm in the Vault; an empty text removes it. */
    public void secret(String key, String text) throws IOException {
        secret(REALM, key, text);
    }

    /** Changes a secret of another realm. */
    public void secret(String realm, String key, String text) throws IOException {
        Path file = vault.resolve(realm + "_" + key);
        if (text.isEmpty()) {
            Files.deleteIfExists(file);
        } else {
            Files.writeString(file, text);
        }
    }

    /** The process id of the server. */
    public long pid() {
        return process.pid();
    }

    /** The processor time that the server has used so far, of all cores. */
    public Duration processorTime() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** Waits until the process ends. */
    public void awaitEnd() {
        process.onExit().join();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public String url() {
        return "http://localhost:" + httpPort;
    }

    @Override
    public String managementUrl() {
        return "http://localhost:" + managementPort;
    }

    @Override
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    private void stopWithThisProcess() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stop-keycloak"));
    }

    private void awaitReady() {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest ready = HttpRequest.newBuilder(URI.create(managementUrl() + "/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        Awaitility.await("Keycloak to be ready, see " + log)
                .atMost(START)
                .pollInterval(Duration.ofMillis(250))
                .ignoreExceptionsMatching(IOException.class::isInstance)
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new IllegalStateException("Keycloak ended while starting:\n" + lastLines());
                    }
                    return client.send(ready, BodyHandlers.discarding()).statusCode() == 200;
                });
    }

    private String lastLines() {
        List<String> lines = new ArrayList<>(log().lines().toList());
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    }
}
