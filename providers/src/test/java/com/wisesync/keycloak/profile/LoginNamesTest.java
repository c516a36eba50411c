package com.wisesync.keycloak.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoginNamesTest {

    @Test
    void theUsernameOfANewUserIsTheirEmailAddress() {
        assertThat(LoginNames.normalized(Map.of("email", List.of("uma@acme.example")), true))
                .isEqualTo(Map.of("email", List.of("uma@acme.example"), "username", List.of("uma@acme.example")));
    }

    @Test
    void aGivenUsernameIsKept() {
        assertThat(LoginNames.normalized(
                        Map.of("email", "uma@acme.example", "username", List.of("u@acme.example")), true))
                .isEqualTo(Map.of("email", List.of("uma@acme.example"), "username", List.of("u@acme.example")));
    }

    @Test
    void aFormWithoutAUsernameKeepsIt() {
        assertThat(LoginNames.normalized(Map.of("email", List.of("uma@acme.example")), false))
                .isEqualTo(Map.of("email", List.of("uma@acme.example")));
    }

    @Test
    void spaceAroundAnAddressIsRemoved() {
        assertThat(LoginNames.normalized(Map.of("username", "  uma@acme.example\u2003", "firstName", " Uma "), false))
                .isEqualTo(Map.of("username", List.of("uma@acme.example"), "firstName", " Uma "));
    }
}
