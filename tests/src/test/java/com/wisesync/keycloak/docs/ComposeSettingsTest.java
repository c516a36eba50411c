package com.wisesync.keycloak.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.wisesync.keycloak.testing.SourceTree;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** A production start with Docker Compose stops, with a message, if a value or secret that docs/install.md requires is missing. */
class ComposeSettingsTest {

    private static final Pattern NAME = Pattern.compile("`([^`]+)`");
    private static final Pattern ROW = Pattern.compile("(?m)^\\|([^|]+)\\|[^|]*\\|([^|]+)\\|.*$");

    // As docker-compose.yml passes them on.
    private static final Map<String, String> VARIABLES =
            Map.of("PUBLIC_URL", "KC_HOSTNAME", "WISE_PAY_API_URL", "KC_SPI_EVENTS_LISTENER__WISE_SYNC__WISE_PAY_URL");

    @Test
    void reportsEachRequiredValueThatIsMissing() throws IOException, InterruptedException {
        List<String> required = required();
        assertThat(required)
                .contains("PUBLIC_URL", "WISE_SYNC_APP_URL", "SMTP_HOST")
                .hasSizeGreaterThan(6);

        assertThat(check(Map.of())).contains(required).contains(secrets());

        Map<String, String> values = new HashMap<>();
        required.forEach(name -> values.put(
                VARIABLES.getOrDefault(name, name), name.endsWith("_URL") ? "https://login.example.com" : "value"));
        assertThat(check(values)).contains(secrets()).doesNotContain(" is not set.");
    }

    private static List<String> required() {
        return section("Values, in the environment", "Secrets, one file each")
                .filter(row -> row.group(2).contains("none, required"))
                .flatMap(row -> NAME.matcher(row.group(1)).results())
                .map(name -> name.group(1))
                .toList();
    }

    /** All but the proxy's certificate, which Keycloak does not read. */
    private static List<String> secrets() {
        return section("Secrets, one file each", "Then continue as")
                .flatMap(row -> NAME.matcher(row.group(1)).results())
                .map(name -> name.group(1))
                .filter(name -> !name.equals("tls.pem"))
                .toList();
    }

    private static Stream<MatchResult> section(String from, String to) {
        String document = Documents.text(Documents.at("docs/install.md"));
        return ROW.matcher(document.substring(document.indexOf(from), document.indexOf(to)))
                .results();
    }

    private static String check(Map<String, String> values) throws IOException, InterruptedException {
        Assumptions.assumeFalse(System.getProperty("os.name").startsWith("Windows"), "the script is for containers");
        ProcessBuilder builder = new ProcessBuilder(
                        "bash",
                        SourceTree.root()
                                .resolve("realm-config/src/main/docker/wise-sync-check")
                                .toString())
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.matches("(KC|SMTP|WISE)_.*"));
        builder.environment().putAll(values);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
        // The secrets are files in a container.
        assertThat(process.waitFor()).as(output).isEqualTo(1);
        return output;
    }
}
