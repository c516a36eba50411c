package com.wisesync.keycloak.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** The response of the token endpoint. */
public record Tokens(String access, String refresh, String id, Instant expires) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public static Tokens forCode(Server server, Application application, String code, String verifier) {
        return of(request(server, exchange(server, application, code, verifier)));
    }

    static Map<String, String> exchange(Server server, Application application, String code, String verifier) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("code_verifier", verifier);
        form.put("redirect_uri", application.redirect(server));
        application.authenticate(form);
        return form;
    }

    public Tokens refreshed(Server server, Application application) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", refresh);
        application.authenticate(form);
        return of(request(server, form));
    }

    public static Tokens ofService(Server server, String clientId, String secret) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        form.put("client_id", clientId);
        form.put("client_secret", secret);
        return of(request(server, form));
    }

    /** The response to any token request, for tests that expect a refusal. */
    public static Answer request(Server server, Map<String, String> form) {
        return new Api(server.realmUrl(), () -> null)
                .send(
                        "POST",
                        "/protocol/openid-connect/token",
                        Query.encode(form),
                        "Content-Type",
                        "application/x-www-form-urlencoded");
    }

    public JsonNode accessClaims() {
        return claims(access);
    }

    public JsonNode idClaims() {
        return claims(id);
    }

    public boolean expiresSoon() {
        return Instant.now().plusSeconds(20).isAfter(expires);
    }

    private static Tokens of(Answer answer) {
        if (answer.status() != 200) {
            throw new AssertionError("No tokens: " + answer);
        }
        JsonNode json = answer.json();
        return new Tokens(
                json.path("access_token").asText(),
                json.path("refresh_token").asText(),
                json.path("id_token").asText(),
                Instant.now().plusSeconds(json.path("expires_in").asLong()));
    }

    private static JsonNode claims(String token) {
        try {
            return JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
