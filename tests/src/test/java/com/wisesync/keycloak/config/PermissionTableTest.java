package com.wisesync.keycloak.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermissionTableTest {

    private static final String WISE_SYNC = "wise-sync-app";
    private static final Map<String, String> APPLICATIONS = Map.of("Wise-Sync", WISE_SYNC, "Wise-Pay", "wise-pay");

    private final ObjectNode realm = RealmFiles.production();
    private final List<List<String>> table = table();

    @ParameterizedTest
    @ValueSource(strings = {"account-admin", "user"})
    void aRoleHasThePermissionsInTheTable(String role) {
        int column = role.equals("user") ? 2 : 1;
        Set<String> allowed = table.stream()
                .filter(row -> row.size() == 3)
                .flatMap(row -> permissions(row.get(0), row.get(column)))
                .collect(Collectors.toSet());

        assertThat(granted(role, WISE_SYNC)).isEqualTo(allowed).isNotEmpty();
    }

    @Test
    void aRoleEntersTheApplicationsInTheTable() {
        List<List<String>> rows = table.stream().filter(row -> row.size() == 2).toList();

        assertThat(rows)
                .hasSize(4)
                .allSatisfy(row -> APPLICATIONS.forEach((application, client) -> assertThat(
                                contained(row.get(0), client).contains("use"))
                        .as("%s enters %s", row.get(0), application)
                        .isEqualTo(row.get(1).contains(application))));
    }

    @Test
    void aMerchantHasNoPermissionInWiseSync() {
        assertThat(contained("merchant-admin", WISE_SYNC)).isEmpty();
        assertThat(contained("merchant-user", WISE_SYNC)).isEmpty();
        assertThat(contained("support", WISE_SYNC)).isEmpty();
    }

    /** By their descriptions, which use the table's words. */
    private Set<String> granted(String role, String client) {
        Map<String, String> descriptions = JsonTrees.objects(
                        realm.at("/roles/client").path(client))
                .collect(Collectors.toMap(
                        permission -> permission.path("name").asText(),
                        permission -> permission.path("description").asText().toLowerCase(Locale.ROOT)));
        return contained(role, client).stream()
                .filter(Predicate.not("use"::equals))
                .map(descriptions::get)
                .collect(Collectors.toSet());
    }

    private Set<String> contained(String role, String client) {
        JsonNode named = JsonTrees.find(realm.at("/roles/realm"), "name", role).orElseThrow();
        return JsonTrees.texts(named.at("/composites/client").path(client)).collect(Collectors.toSet());
    }

    /** "users: add, disable; help" is three: "users: add", "users: disable" and "help". */
    private static Stream<String> permissions(String cell, String allowed) {
        if (allowed.equals("-")) {
            return Stream.empty();
        }
        String detail = allowed.equals("yes") ? "" : " " + allowed;
        return Arrays.stream(cell.toLowerCase(Locale.ROOT).split("; ")).flatMap(group -> {
            int colon = group.indexOf(": ");
            String prefix = colon < 0 ? "" : group.substring(0, colon + 2);
            return Arrays.stream(group.substring(prefix.length()).split(", ")).map(name -> prefix + name + detail);
        });
    }

    private static List<List<String>> table() {
        try (InputStream text = PermissionTableTest.class.getResourceAsStream("/permissions.md")) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line ->
                            line.startsWith("| ") && !line.startsWith("| role ") && !line.startsWith("| permission "))
                    .map(line -> Arrays.stream(
                                    line.substring(2, line.length() - 2).split(" \\| "))
                            .map(String::strip)
                            .toList())
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
