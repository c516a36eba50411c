package com.wisesync.keycloak.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The authentication flows of the files, step by step. Missing steps are added; steps and flows that an operator added stay.
 *
 * <p>A flow is changed in place, because a bound flow cannot be deleted and created again.
 */
final class Flows implements Section {

    @Override
    public String name() {
        return "flows";
    }

    @Override
    public List<RealmChange> changes(Comparison comparison) {
        RealmAdminClient realm = comparison.realm();
        Map<String, ObjectNode> flows = JsonTrees.objects(comparison.files().get("authenticationFlows"))
                .collect(Collectors.toMap(
                        flow -> flow.path("alias").asText(), flow -> flow, (a, b) -> b, LinkedHashMap::new));
        Set<String> present = JsonTrees.objects(realm.flows())
                .map(flow -> flow.path("alias").asText())
                .collect(Collectors.toSet());
        Steps steps =
                new Steps(name(), flows, comparison.files().get("authenticatorConfig"), comparison.values(), realm);
        List<RealmChange> changes = new ArrayList<>();
        flows.values().stream()
                .filter(flow -> flow.path("topLevel").asBoolean())
                .forEach(flow -> {
                    String alias = flow.path("alias").asText();
                    if (!present.contains(alias)) {
                        ObjectNode created = JsonTrees.without(flow, "authenticationExecutions");
                        changes.add(RealmChange.of("flow " + alias, "+ new", () -> realm.createFlow(created)));
                    }
                    changes.addAll(steps.changes(alias, present.contains(alias)));
                });
        return changes;
    }

    /** Compares the steps of a flow and of its sub-flows. */
    private record Steps(
            String section,
            Map<String, ObjectNode> flows,
            JsonNode configurations,
            ManagedValues values,
            RealmAdminClient realm) {

        List<RealmChange> changes(String flow, boolean exists) {
            Map<String, ObjectNode> present = exists ? steps(flow, realm) : Map.of();
            List<RealmChange> changes = new ArrayList<>();
            wanted(flow).forEach((name, step) -> {
                if (present.containsKey(name)) {
                    addChanges(flow, name, step, present.get(name), changes);
                } else {
                    changes.add(RealmChange.of(item(flow, name), "+ new", () -> add(flow, name, step)));
                }
                if (step.hasNonNull("flowAlias")) {
                    changes.addAll(changes(step.get("flowAlias").asText(), present.containsKey(name)));
                }
            });
            return changes;
        }

        private static String item(String flow, String step) {
            return "flow %s, step %s".formatted(flow, step);
        }

        private void addChanges(
                String flow, String name, ObjectNode wanted, ObjectNode present, List<RealmChange> changes) {
            String path = "%s/%s/%s".formatted(section, flow, name);
            ObjectNode step = present.deepCopy();
            List<String> lines = values.overlay(path, step, settings(wanted));
            if (!lines.isEmpty()) {
                changes.add(RealmChange.of(item(flow, name), lines, () -> realm.updateExecution(flow, step)));
            }
            if (wanted.hasNonNull("authenticatorConfig")) {
                addConfigurationChanges(flow, name, wanted, present, changes);
            }
        }

        private void addConfigurationChanges(
                String flow, String name, ObjectNode wanted, ObjectNode present, List<RealmChange> changes) {
            if (!present.hasNonNull("authenticationConfig")) {
                changes.add(RealmChange.of(
                        item(flow, name),
                        "+ config: " + configuration(wanted).path("config"),
                        () -> configure(flow, wanted, present.path("id").asText())));
                return;
            }
            String id = present.get("authenticationConfig").asText();
            ObjectNode changed = realm.executionConfig(id);
            List<String> lines =
                    values.overlay("%s/%s/%s".formatted(section, flow, name), changed, configuration(wanted));
            if (!lines.isEmpty()) {
                changes.add(RealmChange.of(item(flow, name), lines, () -> realm.updateExecutionConfig(id, changed)));
            }
        }

        private void add(String flow, String name, ObjectNode wanted) {
            if (wanted.hasNonNull("flowAlias")) {
                ObjectNode inner = flows.get(wanted.get("flowAlias").asText());
                realm.addSubFlow(
                        flow,
                        JsonTrees.object()
                                .put("alias", inner.path("alias").asText())
                                .put("type", inner.path("providerId").asText())
                                .put("description", inner.path("description").asText()));
            } else {
                realm.addExecution(
                        flow,
                        JsonTrees.object()
                                .put("provider", wanted.path("authenticator").asText()));
            }
            ObjectNode added = steps(flow, realm).get(name);
            added.setAll(settings(wanted));
            realm.updateExecution(flow, added);
            if (wanted.hasNonNull("authenticatorConfig")) {
                configure(flow, wanted, added.path("id").asText());
            }
        }

        /**
         * Two steps may share a configuration, which is created with the first of them. The second step is created again by
         * the only call that accepts the name of an existing configuration.
         */
        private void configure(String flow, ObjectNode wanted, String execution) {
            try {
                realm.createExecutionConfig(execution, configuration(wanted));
            } catch (ClientErrorException e) {
                if (e.getResponse().getStatus() != Response.Status.CONFLICT.getStatusCode()) {
                    throw e;
                }
                realm.removeExecution(execution);
                realm.createExecution(settings(wanted)
                        .put("authenticator", wanted.path("authenticator").asText())
                        .put(
                                "authenticatorConfig",
                                wanted.path("authenticatorConfig").asText())
                        .put("authenticatorFlow", false)
                        .put("parentFlow", id(flow)));
            }
        }

        private String id(String flow) {
            ArrayNode topLevel = realm.flows();
            return JsonTrees.find(topLevel, "alias", flow)
                    .map(found -> found.path("id").asText())
                    .orElseGet(() -> JsonTrees.objects(topLevel)
                            .map(top -> top.path("alias").asText())
                            .filter(flows::containsKey)
                            .flatMap(top -> JsonTrees.objects(realm.executions(top)))
                            .filter(step -> step.path("authenticationFlow").asBoolean())
                            .filter(step -> step.path("displayName").asText().equals(flow))
                            .findFirst()
                            .orElseThrow(() -> new IllegalStateException("No flow " + flow))
                            .path("flowId")
                            .asText());
        }

        private ObjectNode configuration(ObjectNode step) {
            String alias = step.get("authenticatorConfig").asText();
            return JsonTrees.without(
                    JsonTrees.find(configurations, "alias", alias)
                            .orElseThrow(() -> new IllegalStateException("No authenticatorConfig " + alias)),
                    "id");
        }

        private Map<String, ObjectNode> wanted(String flow) {
            Map<String, ObjectNode> steps = new LinkedHashMap<>();
            Map<String, Integer> seen = new HashMap<>();
            JsonTrees.objects(flows.get(flow).get("authenticationExecutions"))
                    .forEach(step -> steps.put(
                            numbered(
                                    step.path(step.hasNonNull("flowAlias") ? "flowAlias" : "authenticator")
                                            .asText(),
                                    seen),
                            step));
            return steps;
        }

        private static ObjectNode settings(ObjectNode wanted) {
            return JsonTrees.object()
                    .put("requirement", wanted.path("requirement").asText())
                    .put("priority", wanted.path("priority").asInt());
        }

        /** The steps of the flow alone; the response also contains those of its sub-flows, on higher levels. */
        private static Map<String, ObjectNode> steps(String flow, RealmAdminClient realm) {
            ArrayNode executions = realm.executions(flow);
            Map<String, ObjectNode> steps = new LinkedHashMap<>();
            Map<String, Integer> seen = new HashMap<>();
            JsonTrees.objects(executions)
                    .filter(step -> step.path("level").asInt() == 0)
                    .forEach(step -> steps.put(
                            numbered(
                                    step.path("authenticationFlow").asBoolean()
                                            ? step.path("displayName").asText()
                                            : step.path("providerId").asText(),
                                    seen),
                            step));
            return steps;
        }

        /** Distinguishes two steps of one authenticator in a flow. */
        private static String numbered(String name, Map<String, Integer> seen) {
            int times = seen.merge(name, 1, Integer::sum);
            return times == 1 ? name : name + " (" + times + ")";
        }
    }
}
