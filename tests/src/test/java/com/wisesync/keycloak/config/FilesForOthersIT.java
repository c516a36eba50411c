package com.wisesync.keycloak.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.wisesync.keycloak.testing.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * OpenAPI files and Kubernetes manifests, checked with tools for these formats. The profile {@code full} installs them
 * into {@code src/test/js/checks}; no server is needed.
 */
@Tag("full")
class FilesForOthersIT {

    private static final Path CHECKS = SourceTree.tests().resolve("js/checks");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "providers/src/main/resources/openapi.yaml",
                "realm-config/src/main/resources/wise-pay-openapi.yaml"
            })
    void spectralAndRedoclyFindNothing(String file) throws IOException, InterruptedException {
        String api = SourceTree.root().resolve(file).toString();

        assertThat(run(
                        "spectral",
                        "@stoplight/spectral-cli/dist/index.js",
                        "lint",
                        api,
                        "--ruleset=spectral.yaml",
                        "--quiet",
                        "--format=json"))
                .isEmpty();
        assertThat(run("redocly", "@redocly/cli/bin/cli.js", "lint", api, "--format=json")
                        .path("problems"))
                .isEmpty();
    }

    @Test
    void theManifestsHaveTheTypesOfTheirKinds() throws IOException, InterruptedException {
        JsonNode report = run(
                "manifests",
                "../manifests.js",
                SourceTree.root().resolve("realm-config/src/main/kubernetes").toString());

        assertThat(report.path("invalid")).isEmpty();
        assertThat(report.path("valid"))
                .extracting(JsonNode::asText)
                .contains(
                        "v1/Secret",
                        "networking.k8s.io/v1/NetworkPolicy",
                        "policy/v1/PodDisruptionBudget",
                        "monitoring.coreos.com/v1/ServiceMonitor",
                        "monitoring.coreos.com/v1/PrometheusRule");
        // docs/install.md names them.
        assertThat(report.path("withoutTypes"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder(
                        "k8s.keycloak.org/v2beta1/Keycloak", "kustomize.config.k8s.io/v1beta1/Kustomization");
    }

    /** The JSON output of a tool. */
    private JsonNode run(String name, String script, String... arguments) throws IOException, InterruptedException {
        Path output = directory.resolve(name + ".json");
        Path errors = directory.resolve(name + ".log");
        List<String> command = new ArrayList<>(List.of("node", "node_modules/" + script));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(CHECKS.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().put("REDOCLY_TELEMETRY", "off");
        builder.environment().put("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");
        Process process = builder.start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as(name).isTrue();
        JsonNode report = new ObjectMapper().readTree(output.toFile());
        assertThat(report.isContainerNode())
                .as("%s: %s", name, Files.readString(errors))
                .isTrue();
        return report;
    }
}
