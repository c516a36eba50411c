package com.wisesync.keycloak.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.SourceTree;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.UserBody;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The queries of the Grafana dashboard and of the Prometheus rules select metrics and labels that a server has. */
class MonitoringFilesIT {

    private static final Path FILES = SourceTree.root().resolve("realm-config/src/main/kubernetes");
    private static final Pattern METRIC = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*_[a-zA-Z0-9_:]*(?![a-zA-Z0-9_:(])");
    private static final Pattern MATCHERS = Pattern.compile("\\{([^}]*)\\}");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|without) ?\\(([^)]*)\\)");
    // Added by Prometheus.
    private static final Set<String> TARGET_LABELS = Set.of("pod", "namespace", "instance", "job");

    private final Testbed testbed = Testbed.get();

    @Test
    void everyQuerySelectsAnExistingMetric() throws IOException {
        storeAnAutotaskPassword();
        List<String> queries = queries();
        assertThat(queries).hasSizeGreaterThan(8);

        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            List<String> samples = scrape();
            assertThat(queries).allSatisfy(query -> assertSelectsSamples(query, samples));
        });
    }

    @Test
    void readsMetricsAndLabelsOfAQuery() {
        String query = "sum by (kind, outcome) (rate(wise_sync_x_count{state=\"failed\"}[5m])) > 0.5 * agroal_y_count";

        assertThat(metrics(query)).containsExactly("agroal_y_count", "wise_sync_x_count");
        assertThat(labels(query)).containsExactlyInAnyOrder("kind=\"", "outcome=\"", "state=\"failed\"");
        assertThat(labels("x_y{kind=~\"a|b\",state=\"held\"}"))
                .containsExactlyInAnyOrder("kind=\"a\"", "kind=\"b\"", "state=\"held\"");
    }

    /**
     * For a new user, whose invitation is delivered from the outbox: without the password and the invitation, their
     * metrics have no samples.
     */
    private void storeAnAutotaskPassword() {
        String users = "/accounts/" + DemoAccounts.ACME + "/users";
        Answer created = testbed.serviceApi()
                .post(users, UserBody.newUser("user", UUID.randomUUID() + "@acme.example", "acme-au"));
        assertThat(created.status()).isEqualTo(201);
        String account = "%s/%s/autotask-account"
                .formatted(users, created.json().path("id").asText());
        assertThat(testbed.serviceApi()
                        .put(account, Map.of("username", "metric@autotask.example", "password", "secret"))
                        .status())
                .isEqualTo(200);
    }

    private static void assertSelectsSamples(String query, List<String> samples) {
        Set<String> metrics = metrics(query);
        assertThat(metrics).as(query).isNotEmpty();
        for (String metric : metrics) {
            List<String> ofMetric = samples.stream()
                    .filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " "))
                    .toList();
            assertThat(ofMetric).as("%s in %s", metric, query).isNotEmpty();
            assertThat(labels(query))
                    .as(query)
                    .allSatisfy(label -> assertThat(ofMetric)
                            .anyMatch(line -> line.contains("{" + label) || line.contains("," + label)));
        }
    }

    private static Set<String> metrics(String query) {
        String bare = GROUPING.matcher(MATCHERS.matcher(query).replaceAll("")).replaceAll("");
        return METRIC.matcher(bare).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Labels as at the beginning of a sample; those of a matcher include the value. */
    private static Set<String> labels(String query) {
        return Stream.concat(
                        parts(MATCHERS, query).flatMap(MonitoringFilesIT::alternatives),
                        parts(GROUPING, query)
                                .filter(label -> !TARGET_LABELS.contains(label))
                                .map(label -> label + "=\""))
                .collect(Collectors.toSet());
    }

    /** Both labels of {@code label=~"a|b"}; otherwise the matcher itself. */
    private static Stream<String> alternatives(String matcher) {
        String[] parts = matcher.split("=~", 2);
        return parts.length == 1
                ? Stream.of(matcher)
                : Stream.of(parts[1].replace("\"", "").split("\\|", -1)).map(value -> parts[0] + "=\"" + value + "\"");
    }

    private static Stream<String> parts(Pattern pattern, String query) {
        return pattern.matcher(query)
                .results()
                .flatMap(list -> Stream.of(list.group(1).split(",", -1)))
                .map(String::strip);
    }

    private static List<String> queries() throws IOException {
        JsonNode rules =
                new YAMLMapper().readTree(FILES.resolve("prometheus-rules.yaml").toFile());
        JsonNode dashboard =
                new ObjectMapper().readTree(FILES.resolve("dashboard.json").toFile());
        List<String> queries = new ArrayList<>(rules.findValuesAsText("expr"));
        queries.addAll(dashboard.findValuesAsText("expr"));
        return queries;
    }

    private List<String> scrape() {
        return new Api(testbed.server().managementUrl(), () -> null)
                .get("/metrics")
                .text()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }
}
