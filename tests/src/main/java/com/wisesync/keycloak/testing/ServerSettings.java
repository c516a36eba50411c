package com.wisesync.keycloak.testing;

import com.wisesync.keycloak.config.RealmFiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The settings of a server. Immutable: each {@code with} method returns a copy.
 *
 * @param name of its folder and its log in {@code target}
 * @param httpPort 0 for any free one
 * @param mailPort of the SMTP server, on this machine
 * @param wisePayPort of Wise-Pay, on this machine
 * @param realm imported at the start; null for none
 * @param environment of the process
 * @param options further run-time options of {@code kc.sh start}
 * @param jvmOptions of the process
 */
public record ServerSettings(
        String name,
        int httpPort,
        int mailPort,
        int wisePayPort,
        String realm,
        Map<String, String> environment,
        List<String> options,
        List<String> jvmOptions) {

    public ServerSettings {
        environment = Map.copyOf(environment);
        options = List.copyOf(options);
        jvmOptions = List.copyOf(jvmOptions);
    }

    /**
     * The demo realm on any free port. Its JVM options suit a server that runs for minutes; otherwise use {@link
     * #withJvmOptions}.
     */
    public static ServerSettings demo(String name, int mailPort, int wisePayPort) {
        return new ServerSettings(
                name,
                0,
                mailPort,
                wisePayPort,
                RealmFiles.json(RealmFiles.withDemo()),
                Map.of(),
                List.of(),
                Stream.concat(Stream.of("-Xms256m", "-Xmx700m"), KeycloakJava.SHORT_LIVED.stream())
                        .toList());
    }

    public ServerSettings withHttpPort(int port) {
        return new ServerSettings(name, port, mailPort, wisePayPort, realm, environment, options, jvmOptions);
    }

    public ServerSettings withRealm(String json) {
        return new ServerSettings(name, httpPort, mailPort, wisePayPort, json, environment, options, jvmOptions);
    }

    public ServerSettings withEnvironment(String variable, String value) {
        Map<String, String> more = new LinkedHashMap<>(environment);
        more.put(variable, value);
        return new ServerSettings(name, httpPort, mailPort, wisePayPort, realm, more, options, jvmOptions);
    }

    /** For a receiver that does not expect lifecycle events. */
    public ServerSettings withoutLifecycleEvents() {
        return withEnvironment("WISE_SYNC_APP_LIFECYCLE_URL", "").withEnvironment("WISE_PAY_LIFECYCLE_URL", "");
    }

    public ServerSettings withOptions(String... further) {
        List<String> more = new ArrayList<>(options);
        more.addAll(List.of(further));
        return new ServerSettings(name, httpPort, mailPort, wisePayPort, realm, environment, more, jvmOptions);
    }

    /** Hashes passwords in a few milliseconds instead of a hundred: most tests log in often. */
    public ServerSettings withFastPasswordHashing() {
        return withOptions(
                "--spi-password-hashing--argon2--memory=256", "--spi-password-hashing--argon2--iterations=1");
    }

    public ServerSettings withJvmOptions(String... all) {
        return new ServerSettings(name, httpPort, mailPort, wisePayPort, realm, environment, options, List.of(all));
    }

    /** The server's environment: placeholders of the realm files, and secrets. */
    Map<String, String> environmentSeenFrom(String host) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("KC_BOOTSTRAP_ADMIN_USERNAME", Server.ADMIN);
        all.put("KC_BOOTSTRAP_ADMIN_PASSWORD", Server.ADMIN);
        all.put("SMTP_HOST", host);
        all.put("SMTP_PORT", String.valueOf(mailPort));
        all.put("WISE_SYNC_APP_LIFECYCLE_URL", lifecycle(host, "wise-sync-app"));
        all.put("WISE_PAY_LIFECYCLE_URL", lifecycle(host, "wise-pay"));
        all.putAll(environment);
        return all;
    }

    private String lifecycle(String host, String application) {
        return "http://%s:%d/demo/events?application=%s".formatted(host, wisePayPort, application);
    }

    /** Options of {@code start}; {@code host} is this machine as the server reaches it. */
    List<String> optionsSeenFrom(String host) {
        List<String> all = new ArrayList<>(List.of(
                "--http-enabled=true",
                "--hostname-strict=false",
                "--import-realm",
                "--spi-events-listener--wise-sync--lifecycle-allow-http=true",
                "--spi-events-listener--wise-sync--wise-pay-url=http://%s:%d".formatted(host, wisePayPort)));
        all.addAll(options);
        return all;
    }
}
