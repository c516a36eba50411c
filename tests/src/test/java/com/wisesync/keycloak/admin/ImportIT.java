package com.wisesync.keycloak.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.wisesync.keycloak.lifecycle.Events;
import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.admin.client.resource.UserResource;
import org.keycloak.representations.idm.UserRepresentation;

class ImportIT {

    private static final Testbed BED = Testbed.get();
    private static final String HEADER = "role,companies,firstName,lastName,email,username,password\r\n";
    private final Api service = BED.serviceApi();
    private final String account = BED.people().account("autotask", "one", "two");
    private final String users = "/accounts/" + account + "/users";
    private final String mark = UUID.randomUUID().toString();

    @Test
    void importsFilesOfSpreadsheets() {
        String file = "\uFEFFrole;companies;firstName;lastName;email;username;password\r\n"
                + "user;one|two;Zoë;\"Long; \"\"Name\"\"\nin two lines\";a" + mark + "@test.example;;\r\n"
                + "account-admin;;Al;Baker;b" + mark + "@test.example;;correct horse\r\n\r\n";

        Answer refused = csv(file, false);
        assertThat(refused.status())
                .as("a line break is no part of a name: " + refused.text())
                .isEqualTo(400);
        assertThat(refused.json().path("rows").path(0).path("errors").findValuesAsText("field"))
                .contains("lastName");
        assertThat(total()).isZero();

        Answer imported = csv(file.replace("\"Long; \"\"Name\"\"\nin two lines\"", "\"Long Name\""), false);
        assertThat(imported.status()).as(imported.text()).isEqualTo(200);
        assertThat(imported.json().path("created").asInt()).isEqualTo(2);
        assertThat(total()).isEqualTo(2);
        String id = imported.json().path("rows").path(0).path("id").asText();
        assertThat(service.get(users + "/" + id).json().path("companies")).hasSize(2);
        assertThat(new Events()
                        .await(Events.WISE_SYNC, id, "user.created")
                        .at("/user/companies")
                        .toString())
                .isEqualTo("[\"one\",\"two\"]");
    }

    @Test
    void changesNothingOnADryRun() {
        Answer report = csv(HEADER + "account-admin,,Al,Baker,a" + mark + "@test.example,,\r\n", true);

        assertThat(report.status()).as(report.text()).isEqualTo(200);
        assertThat(report.json().path("rows").path(0).path("outcome").asText()).isEqualTo("valid");
        assertThat(total()).isZero();
    }

    @Test
    void importsNoneIfOneRowIsInvalidAndReportsEachProblem() {
        String file = HEADER
                + "account-admin,,Al,Baker,a" + mark + "@test.example,,\r\n"
                + "user,nowhere,Bob,Baker,b" + mark + "@test.example,,\r\n"
                + "user,one,Cy,Baker,A" + mark + "@test.example,,\r\n"
                + "root,,Di,Baker,d" + mark + "@test.example,,\r\n"
                + "user,one,Ed,Baker,uma@acme.example,,\r\n"
                + "user,one,Fay,Baker,f" + mark + "@test.example,,short\r\n"
                + "user,one\r\n";

        Answer report = csv(file, false);

        assertThat(report.status()).isEqualTo(400);
        assertThat(report.json().path("errorMessage").asText())
                .isEqualTo("Nothing was imported because 6 rows are invalid.");
        assertThat(report.json().path("rows").findValuesAsText("outcome"))
                .containsExactly("valid", "invalid", "invalid", "invalid", "invalid", "invalid", "invalid");
        assertThat(report.json().path("rows").findValuesAsText("key"))
                .containsExactly(
                        "wiseSyncImportCompanyUnknown",
                        "wiseSyncImportTwice",
                        "wiseSyncFieldNoChoice",
                        "wiseSyncAddressTaken",
                        "wiseSyncPasswordTooShort",
                        "wiseSyncNameMissing",
                        "wiseSyncFieldMissing");
        assertThat(total()).isZero();
    }

    @Test
    void reportsOneProblemForEachFieldOfARow() {
        String file = HEADER
                + "user,nowhere,<Al>,Baker,no address,,short\r\n"
                + "boss,one,Bo,<Baker>,uma@acme.example,x" + mark + "@test.example,\r\n"
                + "account-admin,one,,,a" + mark + "@test.example,uma@acme.example,uma@acme.example\r\n";

        JsonNode rows = csv(file, true).json().path("rows");

        assertThat(rows.path(0).findValuesAsText("field"))
                .as(rows.toString())
                .containsExactlyInAnyOrder("companies", "firstName", "email", "password");
        assertThat(rows.path(1).findValuesAsText("field"))
                .as(rows.toString())
                .containsExactlyInAnyOrder("role", "lastName", "email");
        assertThat(rows.path(2).findValuesAsText("field"))
                .as(rows.toString())
                .containsExactlyInAnyOrder("companies", "firstName", "username", "password");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "role\r\n",
                "role,companies,firstName,lastName,email,admin\r\n",
                "role,role,companies,firstName,lastName,email\r\n",
                "role,companies,firstName,lastName,email\r\n",
                "role,companies,firstName,lastName,email\r\nuser,\"one,Al,Baker,x\r\n"
            })
    void refusesInvalidFiles(String file) {
        Answer refused = csv(file, false);

        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.json().path("errorMessage").asText()).isNotBlank();
    }

    @Test
    void continuesAfterTheResponseAndReportsTheResult() {
        String file = HEADER
                + "user,one,Al,Baker,a" + mark + "@test.example,,correct horse\r\n"
                + "user,first company,Bo,Baker,b" + mark + "@test.example,,\r\n";

        Answer accepted = async(file, false);

        assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
        assertThat(accepted.json().path("state").asText()).isEqualTo("running");
        JsonNode ended = ended(accepted);
        assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("failed");
        assertThat(ended.path("report").path("rows").findValuesAsText("key"))
                .containsExactly("wiseSyncImportCompanyUnknown");
        assertThat(total()).isZero();

        JsonNode done = ended(async(file.replace("first company", "two"), false));

        assertThat(done.path("state").asText()).as(done.toString()).isEqualTo("done");
        assertThat(done.path("done").asInt()).isEqualTo(2);
        assertThat(done.path("total").asInt()).isEqualTo(2);
        assertThat(done.path("report").path("rows").findValuesAsText("outcome")).containsExactly("created", "created");
        assertThat(total()).isEqualTo(2);
        assertThat(done.toString()).doesNotContain("correct horse");
        String id = done.path("report").path("rows").path(0).path("id").asText();
        BED.logIn(new Person(id, "a" + mark + "@test.example", "correct horse"), Application.CONSOLE);
    }

    @Test
    void createsNoUsersIfTheCallerLosesTheirRightsWhileItRuns() {
        Person admin = BED.people().create(account, "account-admin");
        Api api = BED.api(BED.logIn(admin, Application.CONSOLE).access());
        UserResource stock = BED.realm().users().get(admin.id());
        UserRepresentation disabled = stock.toRepresentation();
        disabled.setEnabled(false);

        Answer accepted = async(api, rows(100).replace(".example,,", ".example,,correct horse"), false);
        stock.update(disabled);

        assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
        JsonNode ended = ended(accepted);
        assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("failed");
        assertThat(ended.path("report").path("key").asText()).isEqualTo("wiseSyncImportForbidden");
        assertThat(total()).as("the account-admin").isOne();
    }

    @Test
    void anImportIsFoundOnlyInItsAccount() {
        Answer accepted = async(HEADER + "user,one,Al,Baker,a" + mark + "@test.example,,\r\n", true);
        String other = BED.people().account("autotask", "one");

        assertThat(ended(accepted).path("report").path("dryRun").asBoolean()).isTrue();
        assertThat(service.get(address(accepted).replace(account, other)).status())
                .isEqualTo(404);
        assertThat(total()).isZero();
    }

    @Test
    void anotherImportIsRefusedWithTheAddressOfTheRunningOne() {
        Answer accepted = async(rows(60).replace(".example,,", ".example,,correct horse"), false);
        Answer another = async(HEADER + "user,one,Al,Baker,a" + mark + "@test.example,,\r\n", true);

        assertThat(another.status()).as(another.text()).isEqualTo(409);
        assertThat(another.json().path("key").asText()).isEqualTo("wiseSyncImportRunning");
        assertThat(another.json().path("errorMessage").asText())
                .isEqualTo("Another import of this account is still running.");
        assertThat(address(another)).isEqualTo(address(accepted));
        assertThat(ended(another).path("state").asText()).isEqualTo("done");
        assertThat(total()).isEqualTo(60);
    }

    @Test
    void refusesTooMuch() {
        assertThat(csv(rows(5_001), true).json().path("key").asText()).isEqualTo("wiseSyncImportTooManyRows");
        assertThat(csv(HEADER + "x".repeat(2_000_001), true).status()).isEqualTo(413);
    }

    /** With passwords, because the emails of later tests would wait behind 5,000 invitations. */
    @Test
    @Tag("full")
    void importsFiveThousandRows() {
        String rows = rows(5_000).replace(".example,,", ".example,,correct horse");

        Answer imported = service.send("POST", users + "/import", rows, "Content-Type", "text/csv");

        assertThat(imported.status()).isEqualTo(200);
        assertThat(total()).isEqualTo(5_000);
    }

    /** The address of an import, below the API. */
    private static String address(Answer accepted) {
        String location = accepted.response().headers().firstValue("Location").orElseThrow();
        return location.substring(location.indexOf("/accounts/"));
    }

    private JsonNode ended(Answer accepted) {
        String address = address(accepted);
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> service.get(address).json(),
                        state -> !state.path("state").asText().equals("running"));
    }

    private Answer async(String file, boolean dryRun) {
        return async(service, file, dryRun);
    }

    private Answer async(Api caller, String file, boolean dryRun) {
        return caller.send(
                "POST",
                users + "/import?dryRun=" + dryRun,
                file,
                "Content-Type",
                "text/csv",
                "Prefer",
                "respond-async");
    }

    private String rows(int count) {
        return HEADER
                + IntStream.range(0, count)
                        .mapToObj(i -> "user,one,Test,Person," + i + "-" + mark + "@test.example,,")
                        .collect(Collectors.joining("\r\n"));
    }

    private int total() {
        return service.get(users).json().path("total").asInt();
    }

    private Answer csv(String file, boolean dryRun) {
        return service.send("POST", users + "/import?dryRun=" + dryRun, file, "Content-Type", "text/csv");
    }
}
