package com.wisesync.keycloak.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Testbed;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Properties of all answers of the API. */
class HttpRulesIT {

    private static final Testbed BED = Testbed.get();

    @Test
    void aCallWithoutAValidTokenIsAnsweredWithTheDocumentedErrorAndAChallenge() {
        Answer without = BED.api((String) null).get("/me");
        Answer invalid = BED.api("not-a-token").get("/accounts");

        assertThat(without.status()).isEqualTo(401);
        assertThat(without.header("WWW-Authenticate")).contains("Bearer realm=\"wise-sync\"");
        assertThat(without.json().path("key").asText()).isEqualTo("wiseSyncNotAuthenticated");
        assertThat(without.json().path("errorMessage").asText()).startsWith("You are not logged in");
        assertThat(invalid.status()).isEqualTo(401);
        assertThat(invalid.header("WWW-Authenticate")).contains("Bearer realm=\"wise-sync\", error=\"invalid_token\"");
        assertThat(invalid.json().path("key").asText()).isEqualTo("wiseSyncNotAuthenticated");
    }

    @Test
    void answersAreNeverStored() {
        Api service = BED.serviceApi();

        assertThat(service.get("/me").header("Cache-Control")).contains("no-store");
        assertThat(service.get("/accounts").header("Cache-Control")).contains("no-store");
        assertThat(service.get("/accounts/none/users").header("Cache-Control")).contains("no-store");
    }

    @Test
    void anUnknownMethodOfAKnownPathIsAnsweredWithTheAllowedMethods() {
        Api service = BED.serviceApi();

        Answer deleted = service.delete("/accounts");
        Answer posted = service.post("/accounts/none/users/unknown", Map.of());

        assertThat(deleted.status()).isEqualTo(405);
        assertThat(deleted.header("Allow")).contains("GET, HEAD, POST");
        assertThat(deleted.json().path("key").asText()).isEqualTo("wiseSyncMethodNotAllowed");
        assertThat(posted.status()).isEqualTo(405);
        assertThat(posted.header("Allow")).contains("GET, HEAD, PUT");
    }

    /** A path of its own beside the path of one user. */
    @ParameterizedTest
    @CsvSource({
        "GET, users/bulk, POST",
        "HEAD, users/bulk, POST",
        "PUT, users/bulk, POST",
        "DELETE, users/bulk, POST",
        "GET, users/import, POST",
        "PUT, users/import, POST",
        "PATCH, users/import, POST",
        "POST, two-factor-mode, PUT"
    })
    void aLiteralPathIsNotAUser(String method, String path, String allowed) {
        String account = BED.people().account("other", "company");
        Object body = method.equals("GET") || method.equals("HEAD") ? null : Map.of();

        Answer answer = BED.serviceApi().send(method, "/accounts/" + account + "/" + path, body);

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).contains(allowed);
    }

    @Test
    void optionsListsTheMethods() {
        Answer answer = BED.serviceApi().send("OPTIONS", "/accounts/none/users/import", null);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Allow")).contains("POST");
    }

    @Test
    void anUnknownPathIsAnsweredWithTheDocumentedError() {
        Answer answer = BED.serviceApi().get("/no-such-path");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().path("key").asText()).isEqualTo("wiseSyncNotFound");
    }

    @Test
    void anEncodedPercentSignIsPartOfANameWhateverFollows() {
        Answer extension = BED.serviceApi().delete("/accounts/none/companies/%25zz");
        Answer stock = new Api(BED.server().realmUrl(), () -> null).delete("/account/credentials/%25zz");

        assertThat(extension.status()).isEqualTo(404);
        assertThat(stock.status()).isBetween(400, 499);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "invalid", "a/b/c"})
    void anUnsupportedMediaTypeIsAnsweredWithTheDocumentedError(String type) {
        Answer answer = BED.serviceApi().send("POST", "/accounts", "name", "Content-Type", type);

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.json().path("key").asText()).isEqualTo("wiseSyncMediaTypeUnsupported");
    }

    @Test
    void otherEndpointsKeepTheirErrors() {
        Api stock = new Api(BED.server().url() + "/admin/realms/wise-sync", () -> null);

        Answer answer = stock.get("/users");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json().has("key")).isFalse();
    }

    @Test
    void aWeakETagIsAcceptedAndAStaleOneIsNot() {
        Api service = BED.serviceApi();
        String account = BED.people().account("other");
        String tag = service.get("/accounts/" + account).header("ETag").orElseThrow();

        Answer first = put(service, account, "W/" + tag);
        Answer second = put(service, account, "W/" + tag);

        assertThat(first.status()).isEqualTo(200);
        assertThat(second.status()).isEqualTo(412);
    }

    @Test
    void replacingAnAccountRequiresAllFourFields() {
        Api service = BED.serviceApi();
        String account = BED.people().account("other");

        Answer answer = service.put("/accounts/" + account, Map.of("name", "Name " + UUID.randomUUID()));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().findValuesAsText("field")).contains("psa", "twoFactorMode", "enabled");
    }

    private static Answer put(Api api, String account, String tag) {
        Map<String, Object> body = Map.of(
                "name", "Name " + UUID.randomUUID(), "psa", "other", "twoFactorMode", "required", "enabled", true);
        return api.send("PUT", "/accounts/" + account, body, "If-Match", tag);
    }
}
