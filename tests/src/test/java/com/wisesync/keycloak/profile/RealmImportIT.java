package com.wisesync.keycloak.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.wisesync.keycloak.config.RealmFiles;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Server;
import com.wisesync.keycloak.testing.Testbed;
import java.io.IOException;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A realm file with users that the User Profile would reject, imported by the code that imports files at the start. */
class RealmImportIT {

    private static final String REALM = "imported";
    private static final Testbed BED = Testbed.get();
    private static final Server SERVER = new RealmOf(BED.server(), REALM);
    private static final Api REALMS = new Api(
            BED.server().url() + "/admin/realms",
            () -> BED.adminClient().tokenManager().getAccessTokenString());
    private static final Api STOCK = new Api(
            BED.server().url() + "/admin/realms/" + REALM,
            () -> BED.adminClient().tokenManager().getAccessTokenString());

    private static String account;

    private final NoAccess noAccess = new NoAccess(SERVER, STOCK, BED.mailbox());

    @BeforeAll
    static void importRealm() throws IOException {
        ObjectNode realm = RealmFiles.withDemo();
        realm.put("realm", REALM);
        realm.putObject("smtpServer")
                // The address from which the server reaches the mailbox.
                .put("host", BED.realm().toRepresentation().getSmtpServer().get("host"))
                .put("port", String.valueOf(BED.mailbox().port()))
                .put("from", "no-reply@wise-sync.example");
        ObjectNode broken =
                (ObjectNode) new ObjectMapper().readTree(RealmImportIT.class.getResourceAsStream("/broken-realm.json"));
        JsonNode service = StreamSupport.stream(realm.get("users").spliterator(), false)
                .filter(user -> user.has("serviceAccountClientId"))
                .findFirst()
                .orElseThrow();
        broken.withArrayProperty("users").add(service);
        realm.set("users", broken.get("users"));
        realm.set("organizations", broken.get("organizations"));
        String text = realm.toString()
                .replace("${WISE_SYNC_APP_URL:https://app.wise-sync.example}", "https://app.wise-sync.example")
                .replace("${WISE_PAY_URL:https://pay.wise-sync.example}", "https://pay.wise-sync.example")
                .replaceAll("\\$\\{WISE_[A-Z_]+:}", "");
        assertThat(REALMS.post("", text).status()).isEqualTo(201);
        account = STOCK.get("/organizations?search=Broken&exact=true")
                .json()
                .path(0)
                .path("id")
                .asText();
    }

    @AfterAll
    static void removeRealm() {
        REALMS.delete("/" + REALM);
    }

    @Test
    void aUsernameThatIsNotAnAddressHasNoAccess() {
        noAccess.has(person("bob@test.example"), "ambiguous-username", account, "wiseSyncWarningAmbiguousName");
    }

    @Test
    void aUsernameThatIsAnotherUsersEmailHasNoAccess() {
        noAccess.has(person("taker@test.example"), "ambiguous-username", account);
        noAccess.hasNoClaims(person("taken-username@test.example"));
    }

    @Test
    void companiesOfAnotherAccountGiveNoAccess() {
        noAccess.has(person("company@test.example"), "no-company", account, "wiseSyncWarningWithoutCompany");
    }

    @Test
    void aUserWithoutRoleHasNoAccess() {
        noAccess.has(person("none@test.example"), "no-role", account, "wiseSyncWarningWithoutRole");
    }

    @Test
    void aUserOfTwoAccountsHasNoAccess() {
        noAccess.has(person("both@test.example"), "no-account", account, "wiseSyncWarningForeignMembers");
    }

    @Test
    void aUserWithTwoRolesHasNoAccess() {
        noAccess.has(person("roles@test.example"), "no-role", account, "wiseSyncWarningWithoutRole");
    }

    private static Person person(String name) {
        JsonNode found = STOCK.get("/users?exact=true&username=" + name).json();
        JsonNode user = found.isEmpty()
                ? STOCK.get("/users?exact=true&email=" + name).json().path(0)
                : found.path(0);
        return new Person(user.path("id").asText(), name, Person.DEMO_PASSWORD);
    }

    /** Another realm of a running server. */
    private record RealmOf(Server server, String realm) implements Server {

        @Override
        public String url() {
            return server.url();
        }

        @Override
        public String managementUrl() {
            return server.managementUrl();
        }

        @Override
        public String log() {
            return server.log();
        }

        @Override
        public String realmUrl() {
            return url() + "/realms/" + realm;
        }

        @Override
        public String apiUrl() {
            return url() + "/admin/realms/" + realm + "/wise-sync";
        }

        @Override
        public void close() {
            // The test bed closes the server.
        }
    }
}
