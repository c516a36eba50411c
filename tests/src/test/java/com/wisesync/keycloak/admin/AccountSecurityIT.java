package com.wisesync.keycloak.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.Mail;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.Tokens;
import com.wisesync.keycloak.testing.UserBody;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Two-factor mode, sessions and activity of an account. */
@TestInstance(Lifecycle.PER_CLASS)
class AccountSecurityIT {

    private static final Testbed BED = Testbed.get();

    private final String account = BED.people().account("autotask", "one", "two");
    private final String path = "/accounts/" + account;
    private final Person admin = BED.people().create(account, "account-admin");
    private final Api api = BED.api(BED.logIn(admin, Application.CONSOLE).access());

    @Test
    void anAccountAdminMayOnlyTightenTheTwoFactorModeAndAllAdminsAreNotified() {
        Person another = BED.people().create(account, "account-admin");
        Answer loosenedByStaff = BED.serviceApi().put(path + "/two-factor-mode", Map.of("mode", "optional"));
        assertThat(loosenedByStaff.json().path("twoFactorMode").asText()).isEqualTo("optional");
        assertThat(notice(another.username()).subject()).isEqualTo("The two-factor mode of your account was changed");

        Answer tightened = api.put(path + "/two-factor-mode", Map.of("mode", "required"));
        Answer loosened = api.put(path + "/two-factor-mode", Map.of("mode", "optional"));

        assertThat(tightened.status()).as(tightened.text()).isEqualTo(200);
        assertThat(notice(another.username()).subject()).isEqualTo("The two-factor mode of your account was changed");
        assertThat(loosened.status()).isEqualTo(403);
        assertThat(loosened.json().path("key").asText()).isEqualTo("wiseSyncTwoFactorModeLoosenedBySupport");
        assertThat(api.get(path).json().path("twoFactorMode").asText()).isEqualTo("required");
        assertThat(api.put(path + "/two-factor-mode", Map.of()).status()).isEqualTo(400);
        assertThat(api.put(path + "/two-factor-mode", Map.of("mode", "never")).status())
                .isEqualTo(400);
    }

    @Test
    void theSessionsOfAUserAreListedAndEnded() {
        Person person = BED.people().create(account, "user", "one");
        Tokens tokens = BED.logIn(person, Application.WISE_SYNC);
        String sessions = path + "/users/" + person.id() + "/sessions";

        JsonNode listed = api.get(sessions).json();
        assertThat(listed).hasSize(1);
        assertThat(listed.get(0).path("ipAddress").asText()).isNotBlank();
        assertThat(listed.get(0).path("startedAt").asText()).endsWith("Z");
        assertThat(listed.get(0).path("clients")).hasSize(1);

        assertThat(api.delete(sessions).status()).isEqualTo(204);

        assertThat(api.get(sessions).json()).isEmpty();
        assertThat(notice(person.username()).subject()).isEqualTo("You were logged out");
        Answer refreshed = Tokens.request(
                BED.server(),
                Map.of(
                        "grant_type",
                        "refresh_token",
                        "refresh_token",
                        tokens.refresh(),
                        "client_id",
                        Application.WISE_SYNC.clientId(),
                        "client_secret",
                        Application.WISE_SYNC.secret().orElseThrow()));
        assertThat(refreshed.status()).isEqualTo(400);
    }

    @Test
    void theActivityOfAnAccountHasOldAndNewValuesAndCanBeFiltered() {
        Person person = BED.people().create(account, "user", "one");
        String user = path + "/users/" + person.id();
        Map<String, Object> edit =
                UserBody.named("Test", "Changed", UserBody.edit("user", person.username(), person.username(), "two"));
        assertThat(api.put(user, edit).status()).isEqualTo(200);
        assertThat(api.post(user + "/disable", null).status()).isEqualTo(204);
        String other = BED.people().account("autotask", "one");
        BED.serviceApi().put("/accounts/" + other + "/companies/three", Map.of("name", "Three", "package", "xero"));

        JsonNode all = api.get(path + "/activity").json();
        JsonNode changed =
                api.get(path + "/activity?kind=changed&user=" + person.id()).json();
        JsonNode ofUser = api.get(user + "/activity").json();

        assertThat(all.findValuesAsText("what")).contains("changed", "disabled");
        assertThat(all.toString()).doesNotContain("Three");
        // Giving the test user a role and a membership over Keycloak's Admin API is recorded too.
        assertThat(changed.findValuesAsText("what")).containsOnly("changed");
        assertThat(changed.get(0).at("/by/username").asText()).isEqualTo(admin.username());
        assertThat(changed.get(0).at("/user/username").asText()).isEqualTo(person.username());
        assertThat(change(changed.get(0), "lastName").path("before").asText()).isEqualTo("Person");
        assertThat(change(changed.get(0), "lastName").path("after").asText()).isEqualTo("Changed");
        assertThat(change(changed.get(0), "companies").path("after").asText()).isEqualTo("two");
        assertThat(ofUser.get(1)).isEqualTo(changed.get(0));
        assertThat(ofUser.get(0).path("changes").toString())
                .isEqualTo("[{\"field\":\"enabled\",\"before\":\"true\",\"after\":\"false\"}]");
        assertThat(api.get(path + "/activity?to=2020-01-01").json()).isEmpty();
        assertThat(api.get(path + "/activity?from=2020-01-01&max=1").json()).hasSize(1);
        assertThat(api.get(path + "/activity?from=yesterday").status()).isEqualTo(400);
        assertThat(api.get(path + "/activity?from=%2B999999999-12-31T00:00:00Z").status())
                .isEqualTo(400);
        assertThat(api.get(path + "/activity?to=-999999999-01-01T00:00:00Z").status())
                .isEqualTo(400);
        assertThat(api.get(path + "/activity?from=2026-01-02&to=2026-01-02").status())
                .isEqualTo(200);
        Answer reversed = api.get(path + "/activity?from=2026-01-02&to=2026-01-01");
        assertThat(reversed.status()).isEqualTo(400);
        assertThat(reversed.json().path("field").asText()).isEqualTo("to");
        assertThat(reversed.json().path("key").asText()).isEqualTo("wiseSyncActivityPeriodReversed");
        assertThat(api.get(path + "/activity?kind=nothing").status()).isEqualTo(400);
        assertThat(api.get("/accounts/" + other + "/activity").status()).isEqualTo(404);
    }

    @Test
    void theActivityOfAnAccountIsAlsoAFileWithoutFormulas() {
        String name = "=HYPERLINK(\"http://evil.example\")";
        BED.serviceApi().put(path + "/companies/formula", Map.of("name", name, "package", "xero"));

        Answer file = api.send("GET", path + "/activity?kind=company-connected", null, "Accept", "text/csv");

        assertThat(file.status()).as(file.text()).isEqualTo(200);
        assertThat(file.header("Content-Type")).contains("text/csv;charset=UTF-8");
        assertThat(file.header("Content-Disposition").orElseThrow()).startsWith("attachment");
        assertThat(file.text())
                .startsWith("\uFEFF\"Time (UTC)\",\"By\",\"User\",\"Activity\",\"Company\"")
                .contains(",\"Wise-Sync\",\"\",\"Company connected\",\"'=HYPERLINK(\"\"http://evil.example\"\")\"");
    }

    @Test
    void theFileSaysWhetherItIsCompleteAndIsSeparatedAsInTheCallersLanguage() {
        Answer file =
                api.send("GET", path + "/activity", null, "Accept", "text/csv", "Accept-Language", "de-DE,de;q=0.9");

        assertThat(file.status()).as(file.text()).isEqualTo(200);
        assertThat(file.header("Wise-Sync-Truncated")).contains("false");
        assertThat(file.text()).startsWith("\uFEFF\"Zeit (UTC)\";\"Von\";\"Benutzer\";\"Aktivität\";\"Firma\"");
        assertThat(api.get(path + "/activity").header("Wise-Sync-Truncated")).isEmpty();
    }

    private static JsonNode change(JsonNode entry, String field) {
        return StreamSupport.stream(entry.path("changes").spliterator(), false)
                .filter(change -> change.path("field").asText().equals(field))
                .findFirst()
                .orElseThrow(() -> new AssertionError(entry));
    }

    /** The next email that contains no code. */
    private static Mail notice(String address) {
        Mail mail = BED.mailbox().take(address);
        return mail.code().isPresent() ? notice(address) : mail;
    }
}
