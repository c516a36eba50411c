package com.wisesync.keycloak.slice;

import static org.assertj.core.api.Assertions.assertThat;

import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.UserBody;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Invalid input is refused with the name of its field, and leaves nothing behind. */
class BadInputIT {

    private static final String USERS = "/accounts/" + DemoAccounts.ACME + "/users";

    private final Testbed testbed = Testbed.get();
    private final Api api = testbed.serviceApi();
    private final String email = UUID.randomUUID() + "@test.example";

    @Test
    void anUnknownRoleIsRefused() {
        assertRefused(user("role", "emperor"), 400, "role");
    }

    @Test
    void anUnknownCompanyIsRefused() {
        assertRefused(user("companies", List.of("acme-au", "acme-moon")), 400, "companies");
    }

    @Test
    void aCompanyOfAnotherAccountIsRefused() {
        assertRefused(user("companies", List.of("globex")), 400, "companies");
    }

    @ParameterizedTest
    @ValueSource(strings = {"role", "email"})
    void anEmptyFieldIsRefused(String field) {
        assertRefused(user(field, ""), 400, field);
    }

    @Test
    void aSecondUserWithTheSameAddressIsRefused() {
        Answer answer = api.post(USERS, user("email", Person.GUS.username()));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(409);
        assertThat(answer.json().path("field").asText()).isEqualTo("email");
        assertThat(testbed.realm().users().searchByEmail(Person.GUS.username(), true))
                .hasSize(1);
    }

    private void assertRefused(Map<String, Object> user, int status, String field) {
        Answer answer = api.post(USERS, user);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.json().path("field").asText()).isEqualTo(field);
        assertThat(answer.json().path("errorMessage").asText()).isNotBlank();
        assertThat(testbed.realm().users().searchByEmail(email, true)).isEmpty();
        assertThat(testbed.realm().users().searchByUsername(email, true)).isEmpty();
    }

    private Map<String, Object> user(String field, Object value) {
        Map<String, Object> user =
                UserBody.with(UserBody.edit("user", email, email, "acme-au"), "password", "long-enough");
        user.put(field, value);
        if (field.equals("email")) {
            user.remove("username");
        }
        return user;
    }
}
