package com.wisesync.keycloak.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The client profiles and client policies. Those of the files are exactly as in the files, because access is enforced by
 * them; others stay.
 */
final class ClientPolicies implements Section {

    private static final String PROFILES = "profiles";
    private static final String POLICIES = "policies";

    @Override
    public String name() {
        return "client-policies";
    }

    @Override
    public List<RealmChange> changes(Comparison comparison) {
        RealmAdminClient realm = comparison.realm();
        List<RealmChange> changes = new ArrayList<>();
        ObjectNode profiles = realm.clientProfiles();
        List<String> profileLines = replace(
                profiles, PROFILES, comparison.files().path("clientProfiles").path(PROFILES));
        if (!profileLines.isEmpty()) {
            changes.add(RealmChange.of("client profiles", profileLines, () -> realm.updateClientProfiles(profiles)));
        }
        ObjectNode policies = realm.clientPolicies();
        List<String> policyLines = replace(
                policies, POLICIES, comparison.files().path("clientPolicies").path(POLICIES));
        if (!policyLines.isEmpty()) {
            changes.add(RealmChange.of("client policies", policyLines, () -> realm.updateClientPolicies(policies)));
        }
        return changes;
    }

    private static List<String> replace(ObjectNode present, String field, JsonNode wanted) {
        ArrayNode existing = present.withArrayProperty(field);
        List<String> lines = new ArrayList<>();
        JsonTrees.objects(wanted).forEach(node -> {
            String name = node.path("name").asText();
            Optional<ObjectNode> old = JsonTrees.find(existing, "name", name);
            if (old.isEmpty()) {
                existing.add(node);
                lines.add("+ %s: new".formatted(name));
            } else if (!JsonTrees.contains(old.get(), node)) {
                lines.add("- %s: %s".formatted(name, old.get()));
                lines.add("+ %s: %s".formatted(name, node));
                old.get().removeAll();
                old.get().setAll(node);
            }
        });
        return lines;
    }
}
