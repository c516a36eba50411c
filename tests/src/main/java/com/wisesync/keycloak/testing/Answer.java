package com.wisesync.keycloak.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.Optional;

/** The response of a call. */
public record Answer(int status, String text, HttpResponse<String> response) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Answer of(HttpResponse<String> response) {
        return new Answer(response.statusCode(), response.body(), response);
    }

    public JsonNode json() {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("Not JSON (%d): %s".formatted(status, text), e);
        }
    }

    public Optional<String> header(String name) {
        return response.headers().firstValue(name);
    }

    /** The last part of the Location header: the id of the created object. */
    public String createdId() {
        String location = header("Location").orElseThrow(() -> new AssertionError("No Location: " + this));
        return location.substring(location.lastIndexOf('/') + 1);
    }

    @Override
    public String toString() {
        return "%d %s".formatted(status, text);
    }
}
