package com.wisesync.keycloak.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Testbed;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Odd values in any place of a SCIM request never cause a server error. */
class ScimFuzzIT {

    private static final Testbed BED = Testbed.get();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String EXTENSION = "urn:wise-sync:params:scim:schemas:1.0:User";

    private static final List<String> ATTRIBUTES = List.of(
            "userName", "externalId", "active", "name", "displayName", "emails", "schemas", "id", EXTENSION, "other");

    private static final List<String> PATHS = List.of(
            "userName",
            "name.givenName",
            "emails[type eq \"work\"].value",
            "emails[value co \"a\"]",
            EXTENSION + ":companies",
            EXTENSION + ":companies[value eq \"one\"]");

    private final String account = BED.people().account("autotask", "one");
    private final Api admin = BED.serviceApi();
    private final Api scim = new Api(
            BED.server().url() + "/realms/wise-sync/wise-sync/scim/v2/" + account,
            admin.post("/accounts/" + account + "/scim/tokens", null).json().path("secret")::asText);

    @Test
    void oddValuesAreRefusedOrIgnored() {
        String id = scim.post("/Users", user().toString()).json().path("id").asText();
        assertThat(id).isNotEmpty();
        for (String odd : OddValues.TEXTS) {
            for (String attribute : ATTRIBUTES) {
                call("POST", "/Users", user().put(attribute, odd).toString());
            }
            for (String path : PATHS) {
                call("PATCH", "/Users/" + id, patch("replace", path, odd));
            }
            call("PATCH", "/Users/" + id, patch("remove", odd, odd));
            call("PATCH", "/Users/" + id, patch(odd, "userName", odd));
            call("POST", "/Users", odd);
            if (odd.length() < 1_000) {
                String encoded = URLEncoder.encode(odd, StandardCharsets.UTF_8);
                for (String query : List.of(
                        "filter=" + encoded,
                        "filter=userName%20eq%20%22" + encoded + "%22",
                        "attributes=" + encoded,
                        "startIndex=" + encoded,
                        "count=" + encoded)) {
                    call("GET", "/Users?" + query, null);
                }
            }
        }
        for (String odd : List.of("[]", "null", "7", "\"x\"", "{", "{\"emails\":[[]]}", "{\"name\":[]}", deep())) {
            call("POST", "/Users", odd);
            call("PUT", "/Users/" + id, odd);
            call("PATCH", "/Users/" + id, odd);
        }
        for (String attribute : ATTRIBUTES) {
            for (var odd : List.of(JSON.nullNode(), JSON.numberNode(7), JSON.arrayNode(), JSON.objectNode())) {
                ObjectNode changed = user();
                changed.set(attribute, odd);
                call("POST", "/Users", changed.toString());
                call("PUT", "/Users/" + id, changed.toString());
            }
        }
        // No user became an administrator, and no other account was changed.
        assertThat(admin.get("/accounts/" + account + "/users?role=account-admin")
                        .json()
                        .path("total")
                        .asInt())
                .isZero();
    }

    private void call(String method, String path, String body) {
        Answer answer = scim.send(method, path, body, "Content-Type", "application/scim+json");
        String request = method + " " + path + " " + body;
        assertThat(answer.status()).as(request + answer.text()).isBetween(200, 499);
        // The server's own answer to addresses that it refuses itself.
        if (answer.status() >= 400 && !answer.text().contains("Blocking invalid")) {
            assertThat(answer.header("Content-Type"))
                    .as(request + answer.text())
                    .contains("application/scim+json");
            assertThat(answer.json().path("detail").asText()).as(request).isNotBlank();
            assertThat(answer.text()).as(request).doesNotContain("com.wisesync", "com.unboundid", "Exception");
        }
    }

    private static ObjectNode user() {
        String name = "fuzz-" + UUID.randomUUID() + "@test.example";
        return JSON.objectNode()
                .put("userName", name)
                .set("name", JSON.objectNode().put("familyName", "Fuzz"));
    }

    private static String patch(String op, String path, String value) {
        ObjectNode message = JSON.objectNode();
        message.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:PatchOp");
        message.putArray("Operations")
                .addObject()
                .put("op", op)
                .put("path", path)
                .put("value", value);
        return message.toString();
    }

    private static String deep() {
        return "{\"name\":" + "[".repeat(2_000) + "]".repeat(2_000) + "}";
    }
}
