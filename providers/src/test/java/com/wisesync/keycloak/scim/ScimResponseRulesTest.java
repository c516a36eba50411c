package com.wisesync.keycloak.scim;

import static org.assertj.core.api.Assertions.assertThat;

import com.wisesync.keycloak.Routes;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScimResponseRulesTest {

    private final Routes routes = Routes.below(ScimRoot.class);

    @ParameterizedTest
    @CsvSource({
        "ServiceProviderConfig, GET HEAD",
        "ResourceTypes/User, GET HEAD",
        "Schemas/urn:ietf:params:scim:schemas:core:2.0:User, GET HEAD",
        "Users, GET HEAD POST",
        "Users/u, DELETE GET HEAD PATCH PUT"
    })
    void every_path_has_its_methods(String path, String methods) {
        assertThat(routes.allowed("/scim/v2/a/" + path)).containsExactly(methods.split(" "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/scim", "/scim/v2", "/scim/v2/a", "/scim/v2/a/Groups", "/scim/v2/a/Users/u/x"})
    void other_paths_do_not_exist(String path) {
        assertThat(routes.allowed(path)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 405})
    void an_unknown_method_of_a_known_path_is_not_allowed(int status) {
        assertThat(ScimResponseRules.error(status, "DELETE", Set.of("GET", "POST")))
                .isEqualTo(ScimError.of(405, "wiseSyncMethodNotAllowed", "DELETE"));
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 405})
    void an_unknown_path_is_not_found(int status) {
        assertThat(ScimResponseRules.error(status, "DELETE", Set.of()))
                .isEqualTo(ScimError.of(404, "wiseSyncNotFound"));
    }

    @Test
    void an_allowed_method_that_finds_nothing_is_not_found() {
        assertThat(ScimResponseRules.error(404, "GET", Set.of("GET"))).isEqualTo(ScimError.of(404, "wiseSyncNotFound"));
    }

    @Test
    void other_errors_keep_their_status() {
        assertThat(ScimResponseRules.error(415, "POST", Set.of("POST")).status())
                .isEqualTo(415);
        assertThat(ScimResponseRules.error(500, "POST", Set.of("POST")).status())
                .isEqualTo(500);
    }
}
