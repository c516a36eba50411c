package com.wisesync.keycloak.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The day of a user's last login: how it is recorded, shown, sorted and filtered, and which account-admin counts as
 * the last.
 */
@TestInstance(Lifecycle.PER_CLASS)
class LastLoginIT {

    private static final Testbed BED = Testbed.get();
    private final String account = BED.people().account("other", "one");
    private final String users = "/accounts/" + account + "/users";
    private final Person admin = BED.people().create(account, "account-admin");
    private final Person longAgo = BED.people()
            .imported(
                    account,
                    "Test",
                    Map.of(
                            "companies",
                            "one",
                            "last-login",
                            today().minusDays(100).toString()));
    private final Person never = BED.people().create(account, "merchant-user");
    private final Api service = BED.serviceApi();

    @BeforeAll
    void oneLogsIn() {
        BED.logIn(admin, Application.WISE_SYNC);
    }

    @Test
    void theLastLoginIsADay() {
        JsonNode user = service.get(users + "/" + admin.id()).json();

        assertThat(user.path("lastLogin").asText()).isEqualTo(today().toString());
        assertThat(service.get(users + "/" + never.id()).json().has("lastLogin"))
                .isFalse();
    }

    @Test
    void aLoginDoesNotMakeAnEditStale() {
        String other = BED.people().account("other", "one");
        Person person = BED.people().create(other, "user", "one");
        String path = "/accounts/" + other + "/users/" + person.id();
        Answer before = service.get(path);

        BED.logIn(person, Application.WISE_SYNC);

        Answer after = service.get(path);
        assertThat(after.json().path("lastLogin").asText()).isEqualTo(today().toString());
        assertThat(before.header("ETag")).isPresent();
        assertThat(after.header("ETag")).isEqualTo(before.header("ETag"));
    }

    @ParameterizedTest
    @CsvSource({
        "neverLoggedIn=true, never",
        "neverLoggedIn=false&sort=lastLogin, longAgo admin",
        "idleDays=90, longAgo",
        "idleDays=100, longAgo",
        "idleDays=101, ''",
        "idleDays=1, longAgo",
        "sort=-lastLogin, admin longAgo never",
        "sort=lastLogin, never longAgo admin",
        "sort=role, admin longAgo never",
        "sort=-role, never longAgo admin"
    })
    void filtersAndSorts(String query, String expected) {
        Answer list = service.get(users + "?" + query);

        assertThat(list.status()).as(list.text()).isEqualTo(200);
        List<String> found = new ArrayList<>();
        list.json()
                .path("users")
                .forEach(user -> found.add(nameOf(user.path("id").asText())));
        assertThat(String.join(" ", found)).isEqualTo(expected);
        assertThat(list.json().path("total").asInt()).isEqualTo(found.size());
    }

    @ParameterizedTest
    @CsvSource({
        "sort=age, sort",
        "sort=--name, sort",
        "idleDays=0, idleDays",
        "idleDays=x, idleDays",
        "invited=1, invited"
    })
    void refusesInvalidFilters(String query, String field) {
        Answer refused = service.get(users + "?" + query);

        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.json().path("field").asText()).isEqualTo(field);
    }

    /** An invited admin who never logged in does not count: the account would lose its only working administrator. */
    @Test
    void theOnlyAdminWhoHasLoggedInCannotBeDisabled() {
        Person invited = BED.people().create(account, "account-admin");

        Answer refused = service.post(users + "/" + admin.id() + "/disable", null);
        Answer disabled = service.post(users + "/" + invited.id() + "/disable", null);

        assertThat(refused.status()).as(refused.text()).isEqualTo(409);
        assertThat(refused.json().path("key").asText()).isEqualTo("wiseSyncLastAdminStaysEnabled");
        assertThat(disabled.status()).as(disabled.text()).isEqualTo(204);
        BED.realm().users().get(invited.id()).remove();
    }

    private String nameOf(String id) {
        return id.equals(admin.id())
                ? "admin"
                : id.equals(longAgo.id()) ? "longAgo" : id.equals(never.id()) ? "never" : id;
    }

    private static LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC);
    }
}
