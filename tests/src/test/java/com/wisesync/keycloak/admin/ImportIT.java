package com.wisesync.keycloak.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Testbed;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportIT {

    private static final Testbed BED = Testbed.get();
    private static final String HEADER = "role,companies,firstName,lastName,email,username,password\r\n";
    private final Api service = BED.serviceApi();
    private final String account = BED.people().account("autotask", "one", "two");
    private final String users = "/accounts/" + account + "/users";
    private final String mark = UUID.randomUUID().toString();

    @Test
    void importsWhatSpreadsheetsWrite() {
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
    }

    @Test
    void changesNothingOnADryRun() {
        Answer report = csv(HEADER + "account-admin,,Al,Baker,a" + mark + "@test.example,,\r\n", true);

        assertThat(report.status()).as(report.text()).isEqualTo(200);
        assertThat(report.json().path("rows").path(0).path("outcome").asText()).isEqualTo("valid");
        assertThat(total()).isZero();
    }

    @Test
    void importsNoneIfOneIsWrongAndSaysOfEachWhy() {
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
    void refusesWhatIsNoFileOfUsers(String file) {
        Answer refused = csv(file, false);

        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.json().path("errorMessage").asText()).isNotBlank();
    }

    @Test
    void refusesTooMuch() {
        assertThat(csv(rows(5_001), true).json().path("key").asText()).isEqualTo("wiseSyncImportTooManyRows");
        assertThat(csv(HEADER + "x".repeat(2_000_001), true).status()).isEqualTo(413);
    }

    @Test
    @Tag("full")
    void importsAsManyAsItTakes() {
        Answer imported = service.send("POST", users + "/import", rows(5_000), "Content-Type", "text/csv");

        assertThat(imported.status()).isEqualTo(200);
        assertThat(total()).isEqualTo(5_000);
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
