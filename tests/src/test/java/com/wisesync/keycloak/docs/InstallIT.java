package com.wisesync.keycloak.docs;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.wisesync.keycloak.simulator.WisePaySimulator;
import com.wisesync.keycloak.testing.Browser;
import com.wisesync.keycloak.testing.BrowserLogin;
import com.wisesync.keycloak.testing.DemoVault;
import com.wisesync.keycloak.testing.Distribution;
import com.wisesync.keycloak.testing.Mail;
import com.wisesync.keycloak.testing.Mailbox;
import com.wisesync.keycloak.testing.Ports;
import com.wisesync.keycloak.testing.SourceTree;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands in docs/install.md lead from a stock Keycloak and an empty PostgreSQL to an account-admin who logs in, and add
 * the extension to a realm of an existing Keycloak. Only the first block, the values, is replaced.
 */
@Tag("full")
class InstallIT {

    private static final Pattern VARIABLE = Pattern.compile("([A-Z_]+)=");
    private static final String API_KEY = "key-of-wise-pay";
    private static final String SUPPORT = "sam@support.example";
    private static final String ADMIN = "ada@acme.example";
    private static final String PASSWORD = "first password";

    private static final String REALM = "my-realm";

    private static final String STOCK_SERVER = """
            bin/kc.sh build --db=postgres --health-enabled=true --metrics-enabled=true
            bin/kc.sh start --optimized
            """;

    private static final String AWAIT_MASTER = """
            until curl -sf -o /dev/null "$SERVER/realms/master"; do sleep 2; done
            """;

    private static final String STOCK_REALM = """
            bin/kcadm.sh config credentials --server "$SERVER" --realm master --user "$MASTER_ADMIN"
            bin/kcadm.sh create realms -s realm="$REALM" -s enabled=true
            bin/kcadm.sh create users -r "$REALM" -s username=uma@acme.example -s email=uma@acme.example -s enabled=true
            """;

    @TempDir
    private Path directory;

    private final Path home = Distribution.plain("install");
    private final Path log = SourceTree.target().resolve("install.log");

    @AutoClose
    private EmbeddedPostgres postgres;

    @AutoClose
    private Mailbox mailbox;

    @AutoClose
    private WisePaySimulator wisePay;

    @BeforeEach
    void startNeighbours() throws IOException, InterruptedException {
        Assumptions.assumeFalse(
                System.getProperty("os.name").startsWith("Windows"), "the commands are for a Unix shell");
        Files.deleteIfExists(log);
        run("rm -rf vault", Map.of());
        certificate();
        postgres = EmbeddedPostgres.builder().start();
        mailbox = Mailbox.startLocal();
        wisePay = WisePaySimulator.startLocal(0, API_KEY, DemoVault.WISE_PAY_WEBHOOK_SECRET);
    }

    @Test
    void theCommandsLeadFromAnEmptyServerToTheFirstAccountAdmin() throws IOException, InterruptedException {
        List<String> blocks = commands("New realm");
        assertThat(blocks).as("values, files, build, start, support, account").hasSize(6);
        Map<String, String> values = values();
        assertThat(values.keySet())
                .as("values of the document")
                .containsExactlyInAnyOrderElementsOf(names(blocks.get(0)));
        values.putAll(surroundings(values.get("SERVER")));

        run(blocks.get(1), values);
        run(blocks.get(2), values);
        Process server = shell(blocks.get(3), values);
        try {
            JsonNode setup = setup(blocks.get(4) + blocks.get(5), values);

            assertThat(setup).isNotEmpty().allSatisfy(InstallIT::assertOk);
            assertThat(mailbox.take(SUPPORT).link()).isPresent();
            joinAsAccountAdmin(values.get("SERVER"), mailbox);
        } finally {
            stop(server);
        }
    }

    @Test
    void theCommandsAddTheExtensionToARealmOfAnExistingKeycloak() throws IOException, InterruptedException {
        List<String> blocks = commands("Existing Keycloak on PostgreSQL");
        assertThat(blocks).as("values, files, start, preview, changes").hasSize(5);
        // The realm has no mail server, so the document wants the values for one too.
        Map<String, String> values = values();
        values.put("REALM", REALM);
        values.put("VAULT", home.resolve("vault").toString());
        values.put("MASTER_ADMIN", values.get("KC_BOOTSTRAP_ADMIN_USERNAME"));
        assertThat(values.keySet()).as("values of the document").containsAll(names(blocks.get(0)));
        values.putAll(surroundings(values.get("SERVER")));
        // The options of the existing server.
        values.put("KC_HOSTNAME", values.get("SERVER"));
        // Instead of the prompt.
        values.put("KC_CLI_PASSWORD", values.get("KC_BOOTSTRAP_ADMIN_PASSWORD"));
        values.put("JAVA_TOOL_OPTIONS", values.get("KC_OPTS"));
        Process stock = shell(STOCK_SERVER, values);
        try {
            run(AWAIT_MASTER + STOCK_REALM, values);
        } finally {
            stop(stock);
        }

        run(blocks.get(1), values);
        Process server = shell(blocks.get(2), values);
        try {
            // The command exits with 1 if there are differences.
            String preview = run(
                    AWAIT_MASTER
                            + (blocks.get(3) + "\n" + blocks.get(4))
                                    .replaceAll("(?m)^java -jar .*$", "$0 || [ \\$? -eq 1 ]"),
                    values);
            // The service account has the rights of support.
            String service = commands("New realm")
                    .get(5)
                    .replace("-r wise-sync", "-r " + REALM)
                    .replace("realms/wise-sync/", "realms/" + REALM + "/");
            JsonNode setup = setup(service, values);

            assertThat(preview).contains("wise-sync");
            assertThat(setup)
                    .isNotEmpty()
                    // Mail server and Wise-Pay are checked in the background.
                    .filteredOn(line -> !line.path("text").asText().contains("is being checked"))
                    .allSatisfy(InstallIT::assertOk);
            assertThat(mailbox.take(SUPPORT).link()).isPresent();
            assertThat(mailbox.take(ADMIN).link()).isPresent();
        } finally {
            stop(server);
        }
    }

    /** Runs the commands that create the first account, and reads the report about the setup. */
    private JsonNode setup(String commands, Map<String, String> values) throws IOException, InterruptedException {
        return new ObjectMapper().readTree(lastLine(run(commands + "\necho; call \"$API/setup\"", values)));
    }

    private static void assertOk(JsonNode line) {
        assertThat(line.path("state").asText()).as(line.toString()).isEqualTo("ok");
    }

    private static void stop(Process server) throws InterruptedException {
        server.descendants().forEach(ProcessHandle::destroy);
        server.waitFor(30, TimeUnit.SECONDS);
        server.descendants().forEach(ProcessHandle::destroyForcibly);
        server.destroyForcibly();
    }

    private static void joinAsAccountAdmin(String server, Mailbox mailbox) {
        Mail invitation = mailbox.take(ADMIN);
        try (Browser browser = Browser.launch()) {
            Page page = browser.newContext(
                            new NewContextOptions().setLocale("en-US").setIgnoreHTTPSErrors(true))
                    .newPage();
            page.navigate(invitation.link().orElseThrow());
            page.locator("#wise-sync-link-form input[name=password-new]").fill(PASSWORD);
            page.locator("#wise-sync-link-form input[name=password-confirm]").fill(PASSWORD);
            page.locator("#wise-sync-link-form [type=submit]").click();
            new BrowserLogin(page, mailbox).enterCode(ADMIN);

            page.waitForURL(server + "/admin/wise-sync/console/**");
            assertThat(page.getByText("Acme MSP").first()).isVisible();
            assertThat(page.getByText(ADMIN).first()).isVisible();
        }
    }

    /** The commands of a chapter, block by block. */
    private static List<String> commands(String chapter) {
        String document = Documents.text(Documents.at("docs/install.md"));
        int start = document.indexOf("\n## " + chapter);
        return Documents.code(document.substring(start, document.indexOf("\n## ", start + 1)), "sh");
    }

    private static Set<String> names(String block) {
        Set<String> names = new TreeSet<>();
        VARIABLE.matcher(block).results().forEach(variable -> names.add(variable.group(1)));
        return names;
    }

    private Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("SOURCE", SourceTree.root().toString());
        values.put("SERVER", "https://localhost:" + Ports.free());
        values.put("KC_DB_URL", "jdbc:postgresql://localhost:%d/postgres".formatted(postgres.getPort()));
        values.put("KC_DB_USERNAME", "postgres");
        values.put("KC_DB_PASSWORD", "postgres");
        values.put("KC_BOOTSTRAP_ADMIN_USERNAME", "bootstrap");
        values.put("KC_BOOTSTRAP_ADMIN_PASSWORD", "bootstrap password");
        values.put("WISE_SYNC_APP_URL", "https://app.example.com");
        values.put("WISE_PAY_URL", "https://pay.example.com");
        values.put("WISE_PAY_API_URL", "http://localhost:" + wisePay.port());
        values.put("WISE_PAY_API_KEY", API_KEY);
        values.put("SMTP_HOST", "localhost");
        values.put("SMTP_PORT", String.valueOf(mailbox.port()));
        values.put("SMTP_STARTTLS", "false");
        values.put("SMTP_FROM", "no-reply@example.com");
        values.put("SMTP_AUTH", "false");
        values.put("SMTP_USER", "no-reply@example.com");
        values.put("SMTP_PASSWORD", "${vault.smtp-password}");
        values.put("SMTP_SECRET", "secret of the mail server");
        values.put("KC_HTTPS_CERTIFICATE_FILE", directory.resolve("tls.crt").toString());
        values.put("KC_HTTPS_CERTIFICATE_KEY_FILE", directory.resolve("tls.key").toString());
        values.put("SUPPORT", SUPPORT);
        values.put("ADMIN", ADMIN);
        return values;
    }

    /** Settings for this machine, where other servers run: free ports, and trust in a self-signed certificate. */
    private Map<String, String> surroundings(String server) {
        return Map.of(
                "JAVA_HOME", System.getProperty("java.home"),
                "KC_HTTP_HOST", "127.0.0.1",
                "KC_HTTPS_PORT", server.substring(server.lastIndexOf(':') + 1),
                "KC_HTTP_MANAGEMENT_PORT", String.valueOf(Ports.free()),
                "KC_CACHE", "local",
                "CURL_CA_BUNDLE", directory.resolve("tls.crt").toString(),
                "KC_OPTS",
                        "-Duser.home=%s -Djavax.net.ssl.trustStore=%s -Djavax.net.ssl.trustStorePassword=changeit"
                                .formatted(directory, directory.resolve("trust.p12")));
    }

    private void certificate() throws IOException, InterruptedException {
        run("""
                openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost \\
                  -keyout "$DIRECTORY/tls.key" -out "$DIRECTORY/tls.crt"
                "$JAVA_HOME/bin/keytool" -importcert -noprompt -alias localhost -file "$DIRECTORY/tls.crt" \\
                  -keystore "$DIRECTORY/trust.p12" -storetype PKCS12 -storepass changeit
                """, Map.of("DIRECTORY", directory.toString(), "JAVA_HOME", System.getProperty("java.home")));
    }

    private String run(String commands, Map<String, String> values) throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        Process process =
                builder(commands, values).redirectOutput(output.toFile()).start();
        boolean ended = process.waitFor(8, TimeUnit.MINUTES);
        String text = Files.readString(output);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        assertThat(ended && process.exitValue() == 0)
                .as("%s%n%s%nThe log of the server: %s", commands, text, log)
                .isTrue();
        return text;
    }

    private Process shell(String commands, Map<String, String> values) throws IOException {
        return builder(commands, values).redirectOutput(log.toFile()).start();
    }

    private ProcessBuilder builder(String commands, Map<String, String> values) {
        // As typed into a terminal, but ends at the first command that fails.
        ProcessBuilder builder = new ProcessBuilder("bash", "-euo", "pipefail", "-c", commands)
                .directory(home.toFile())
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(variable -> variable.startsWith("KC_"));
        builder.environment().putAll(values);
        return builder;
    }

    private static String lastLine(String text) {
        return text.lines().reduce((before, last) -> last).orElseThrow();
    }
}
