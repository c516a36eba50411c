package com.wisesync.keycloak.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.UserBody;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Users cannot change their own role, email or username through the admin API. */
@TestInstance(Lifecycle.PER_CLASS)
class OwnLoginIT {

    private static final Testbed BED = Testbed.get();
    private final String account = BED.people().account("other", "one");
    private final Person admin = BED.people().create(account, "account-admin");
    private final Person colleague = BED.people().create(account, "account-admin");
    private final Api api = BED.api(BED.logIn(admin, Application.CONSOLE).access());
    private final String own = "/accounts/" + account + "/users/" + admin.id();

    @ParameterizedTest
    @CsvSource({"email, wiseSyncNotYourOwnEmail", "username, wiseSyncNotYourOwnUsername", "role, wiseSyncNotYourOwnRole"
    })
    void anOwnChangeIsRefusedEvenWithARecentLogin(String field, String key) {
        Map<String, Object> body = body(admin);
        body.put(field, field.equals("role") ? "merchant-admin" : UUID.randomUUID() + "@test.example");

        Answer refused = api.put(own, body);

        assertThat(refused.status()).as(refused.text()).isEqualTo(403);
        assertThat(refused.json().path("field").asText()).isEqualTo(field);
        assertThat(refused.json().path("key").asText()).isEqualTo(key);
        assertThat(BED.realm().users().get(admin.id()).toRepresentation().getEmail())
                .isEqualTo(admin.username());
    }

    @Test
    void anUnchangedValueInAFullPutIsAccepted() {
        Map<String, Object> body = body(admin);
        body.put("email", " " + admin.username().toUpperCase(Locale.ROOT));
        body.put("username", admin.username().toUpperCase(Locale.ROOT));
        body.put("firstName", "Ada");

        Answer changed = api.put(own, body);

        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(changed.json().path("firstName").asText()).isEqualTo("Ada");
    }

    @Test
    void anotherAccountAdminMayMakeTheChange() {
        Api other = BED.api(BED.logIn(colleague, Application.CONSOLE).access());
        Person person = BED.people().create(account, "account-admin");
        Map<String, Object> body = body(person);
        String address = UUID.randomUUID() + "@test.example";
        body.put("email", address);

        Answer changed = other.put("/accounts/" + account + "/users/" + person.id(), body);

        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(changed.json().path("email").asText()).isEqualTo(address);
    }

    private static Map<String, Object> body(Person person) {
        return UserBody.edit("account-admin", person.username(), person.username());
    }
}
