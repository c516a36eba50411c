package com.wisesync.keycloak.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.wisesync.keycloak.testing.Answer;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/**
 * Every call of the OpenAPI file with odd values: by an account-admin who also tries another account's ids, and by
 * staff on the first account only. There is no server error, refused requests leave nothing behind, and the other
 * account is neither shown nor changed.
 */
class FuzzIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    // jqwik creates an instance of this class for every request.
    private static FuzzWorld world;
    private static boolean allWell;

    @Provide
    Arbitrary<FuzzRequest> requests() {
        return FuzzRequest.any();
    }

    @BeforeProperty
    void start() {
        world = new FuzzWorld();
    }

    // Each request depends on the ones before, so a shrunk example would be another test.
    @Property(tries = 1_000, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void random_input_causes_no_server_error_and_reads_no_other_account(@ForAll("requests") FuzzRequest request) {
        verify(request);
    }

    @Property(tries = 20_000, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    @Tag("full")
    void much_random_input_causes_no_server_error_and_reads_no_other_account(@ForAll("requests") FuzzRequest request) {
        verify(request);
    }

    /** Skipped after a failure, which the comparison would hide. */
    @AfterProperty
    void compare() {
        if (allWell) {
            world.check();
        }
    }

    private void verify(FuzzRequest request) {
        allWell = false;
        verify(request, world.send(request));
        allWell = true;
    }

    private void verify(FuzzRequest request, Answer answer) {
        assertThat(answer.status())
                .as(() -> "%s%n%s%n%s".formatted(request, answer.text(), world.lastErrors()))
                .isLessThan(500);
        assertThat(answer.text()).doesNotContain("Exception", "\tat org.", "SQL");
        if (!request.staff()) {
            assertThat(answer.text()).doesNotContain(world.neighbour(), FuzzWorld.NEIGHBOUR);
        }
        if (answer.status() == 400 && request.type().endsWith("json")) {
            JsonNode error = answer.json();
            if (error.has("error")) {
                // The server's own answer to addresses that it refuses itself.
                assertThat(error.path("error").asText()).containsAnyOf("Blocking invalid", "missingNormalization");
                return;
            }
            assertThat(error.path("errorMessage").asText()).as(answer.text()).isNotBlank();
            if (request.body() == null || isObject(request.body())) {
                assertThat(error.findValues("field"))
                        .as("%s names the field", error)
                        .isNotEmpty();
            } else {
                // The body as a whole is invalid; only a parameter of the address may be named.
                assertThat(error.findValuesAsText("field"))
                        .as("%s names no field", error)
                        .allSatisfy(field -> assertThat(request.query()).contains(field + "="));
            }
        }
    }

    /** Otherwise the body is invalid, not one of its fields. */
    private static boolean isObject(String body) {
        try {
            return JSON.readTree(body).isObject();
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}
