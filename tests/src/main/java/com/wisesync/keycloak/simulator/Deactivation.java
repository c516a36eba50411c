package com.wisesync.keycloak.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A received deactivation, and the links that it deactivated.
 *
 * @param times how often it arrived
 */
public record Deactivation(String id, JsonNode body, List<Link> deactivated, int times) {

    Deactivation again() {
        return new Deactivation(id, body, deactivated, times + 1);
    }

    public String user() {
        return body.at("/user/id").asText();
    }

    public String type() {
        return body.path("type").asText();
    }

    public String reason() {
        return body.path("reason").asText();
    }
}
