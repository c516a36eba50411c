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
 * The flows of ours, step by step. A flow of ours has exactly the steps that the files have; others are left alone. A flow
 * that is in use stays in use while it is changed: it can't be deleted and made again.
 */
final class Flows implements Subject {

    @Override
    public List<Change> changes(ObjectNode wanted, AdminApi realm) {
        Map<String, ObjectNode> flows = Json.objects(wanted.get("authenticationFlows"))
                .collect(Collectors.toMap(
                        flow -> flow.path("alias").asText(), flow -> flow, (a, b) -> b, LinkedHashMap::new));
        Set<String> present = Json.objects(realm.flows())
                .map(flow -> flow.path("alias").asText())
                .collect(Collectors.toSet());
        List<Change> changes = new ArrayList<>();
        flows.values().stream()
                .filter(flow -> flow.path("topLevel").asBoolean())
                .forEach(flow -> {
                    String alias = flow.path("alias").asText();
                    if (!present.contains(alias)) {
                        ObjectNode created = Json.without(flow, "authenticationExecutions");
                        changes.add(new Change("flow %s: new".formatted(alias), () -> realm.createFlow(created)));
                    }
                    new Steps(flows, wanted.get("authenticatorConfig"), realm)
                            .of(alias, present.contains(alias))
                            .forEach(changes::add);
                });
        return changes;
    }

    /** The steps of one flow and of those in it. */
    private record Steps(Map<String, ObjectNode> flows, JsonNode configurations, AdminApi realm) {

        List<Change> of(String flow, boolean exists) {
            Map<String, ObjectNode> present = exists ? steps(flow, realm) : Map.of();
            Map<String, ObjectNode> wanted = wanted(flow);
            List<Change> changes = new ArrayList<>();
            present.forEach((name, step) -> {
                if (!wanted.containsKey(name)) {
                    changes.add(new Change(
                            "flow %s, step %s: gone".formatted(flow, name),
                            () -> realm.removeExecution(step.path("id").asText())));
                }
            });
            wanted.forEach((name, step) -> {
                if (present.containsKey(name)) {
                    changed(flow, name, step, present.get(name), changes);
                } else {
                    changes.add(new Change("flow %s, step %s: new".formatted(flow, name), () -> add(flow, name, step)));
                }
                if (step.hasNonNull("flowAlias")) {
                    changes.addAll(of(step.get("flowAlias").asText(), present.containsKey(name)));
                }
            });
            return changes;
        }

        private void changed(String flow, String name, ObjectNode wanted, ObjectNode present, List<Change> changes) {
            ObjectNode step = present.deepCopy();
            List<String> differences = Json.overlay(step, settings(wanted));
            if (!differences.isEmpty()) {
                changes.add(new Change(
                        "flow %s, step %s: %s".formatted(flow, name, differences), () -> realm.execution(flow, step)));
            }
            configuration(flow, wanted, present, "flow %s, step %s".formatted(flow, name), changes);
        }

        private void configuration(
                String flow, ObjectNode wanted, ObjectNode present, String label, List<Change> changes) {
            if (!wanted.hasNonNull("authenticatorConfig")) {
                return;
            }
            ObjectNode configuration = configuration(wanted);
            if (!present.hasNonNull("authenticationConfig")) {
                changes.add(new Change(
                        label + ": configured",
                        () -> configure(flow, wanted, present.path("id").asText())));
                return;
            }
            String id = present.get("authenticationConfig").asText();
            ObjectNode changed = realm.executionConfig(id);
            List<String> differences = Json.overlay(changed, configuration);
            if (!differences.isEmpty()) {
                changes.add(new Change(label + ": " + differences, () -> realm.executionConfig(id, changed)));
            }
        }

        private void add(String flow, String name, ObjectNode wanted) {
            if (wanted.hasNonNull("flowAlias")) {
                ObjectNode inner = flows.get(wanted.get("flowAlias").asText());
                realm.addSubFlow(
                        flow,
                        Json.object()
                                .put("alias", inner.path("alias").asText())
                                .put("type", inner.path("providerId").asText())
                                .put("description", inner.path("description").asText()));
            } else {
                realm.addExecution(
                        flow,
                        Json.object()
                                .put("provider", wanted.path("authenticator").asText()));
            }
            ObjectNode added = steps(flow, realm).get(name);
            Json.overlay(added, settings(wanted));
            realm.execution(flow, added);
            if (wanted.hasNonNull("authenticatorConfig")) {
                configure(flow, wanted, added.path("id").asText());
            }
        }

        /**
         * Two steps may share a configuration. It is made with the first of them; the other is made again, by the one call
         * that takes the name of a configuration.
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
            return Json.find(topLevel, "alias", flow)
                    .map(found -> found.path("id").asText())
                    .orElseGet(() -> Json.objects(topLevel)
                            .map(top -> top.path("alias").asText())
                            .filter(flows::containsKey)
                            .flatMap(top -> Json.objects(realm.executions(top)))
                            .filter(step -> step.path("authenticationFlow").asBoolean())
                            .filter(step -> step.path("displayName").asText().equals(flow))
                            .findFirst()
                            .orElseThrow(() -> new IllegalStateException("No flow " + flow))
                            .path("flowId")
                            .asText());
        }

        private ObjectNode configuration(ObjectNode step) {
            String alias = step.get("authenticatorConfig").asText();
            return Json.without(
                    Json.find(configurations, "alias", alias)
                            .orElseThrow(() -> new IllegalStateException("No authenticatorConfig " + alias)),
                    "id");
        }

        private Map<String, ObjectNode> wanted(String flow) {
            Map<String, ObjectNode> steps = new LinkedHashMap<>();
            Map<String, Integer> seen = new HashMap<>();
            Json.objects(flows.get(flow).get("authenticationExecutions"))
                    .forEach(step -> steps.put(
                            numbered(
                                    step.path(step.hasNonNull("flowAlias") ? "flowAlias" : "authenticator")
                                            .asText(),
                                    seen),
                            step));
            return steps;
        }

        private static ObjectNode settings(ObjectNode wanted) {
            return Json.object()
                    .put("requirement", wanted.path("requirement").asText())
                    .put("priority", wanted.path("priority").asInt());
        }

        /** The answer has the steps of inner flows in it as well, further in. */
        private static Map<String, ObjectNode> steps(String flow, AdminApi realm) {
            ArrayNode executions = realm.executions(flow);
            Map<String, ObjectNode> steps = new LinkedHashMap<>();
            Map<String, Integer> seen = new HashMap<>();
            Json.objects(executions)
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

        /** An authenticator may be in a flow twice. */
        private static String numbered(String name, Map<String, Integer> seen) {
            int times = seen.merge(name, 1, Integer::sum);
            return times == 1 ? name : name + " (" + times + ")";
        }
    }
}
