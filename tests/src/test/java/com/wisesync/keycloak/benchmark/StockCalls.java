package com.wisesync.keycloak.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import java.util.List;
import java.util.Map;

/** The sequence of stock admin API calls that one call of the extension's API replaces. */
final class StockCalls {

    private final Api api;
    private final Map<String, Object> userRole;

    StockCalls(Api api) {
        this.api = api;
        JsonNode role = ok(api.get("/roles/user")).json();
        this.userRole =
                Map.of("id", role.get("id").asText(), "name", role.get("name").asText());
    }

    /** A page of members, with their attributes but without role and 2FA. */
    JsonNode members(String account, int first) {
        return ok(api.get("/organizations/%s/members?first=%d&max=20".formatted(account, first)))
                .json();
    }

    /** A page of members with role and enrolled devices. */
    void membersInFull(String account, int first) {
        for (JsonNode member : members(account, first)) {
            String id = member.get("id").asText();
            ok(api.get("/users/%s/role-mappings/realm".formatted(id)));
            ok(api.get("/users/%s/credentials".formatted(id)));
        }
    }

    /** Creates a user, and adds membership, role and attribute. */
    void create(String account, String email) {
        Answer created = ok(api.post("/users", user(email, Map.of())));
        String id = created.createdId();
        ok(api.post("/organizations/%s/members".formatted(account), id));
        ok(api.post("/users/%s/role-mappings/realm".formatted(id), List.of(userRole)));
        ok(api.put("/users/" + id, user(email, Map.of("companies", List.of("c1")))));
    }

    static Answer ok(Answer answer) {
        if (answer.status() / 100 != 2) {
            throw new IllegalStateException("Refused: " + answer);
        }
        return answer;
    }

    private static Map<String, Object> user(String email, Map<String, List<String>> attributes) {
        return Map.of(
                "username",
                email,
                "email",
                email,
                "firstName",
                "New",
                "lastName",
                "Person",
                "enabled",
                true,
                "attributes",
                attributes);
    }
}
