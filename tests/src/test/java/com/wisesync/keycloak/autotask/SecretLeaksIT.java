package com.wisesync.keycloak.autotask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.Distribution;
import com.wisesync.keycloak.testing.KeycloakProcess;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Mailbox;
import com.wisesync.keycloak.testing.People;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.ScimApi;
import com.wisesync.keycloak.testing.Server;
import com.wisesync.keycloak.testing.ServerSettings;
import com.wisesync.keycloak.testing.SourceTree;
import com.wisesync.keycloak.testing.Tokens;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.keycloak.admin.client.Keycloak;

/**
 * CVE-2025-13881, CVE-2026-3911, CVE-2026-9088: hidden values leaked by another path. Stores a password, reads it, and
 * sends it in every wrong form; then searches all answers, logs and stored data for it, with every logger at TRACE.
 */
@Tag("full")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecretLeaksIT {

    private static final String USERNAME = "uma@autotask.example";

    private final Marker marker = Marker.random();
    private final Map<String, String> seen = new LinkedHashMap<>();
    private EmbeddedPostgres postgres;
    private Mailbox mailbox;
    private Distribution distribution;
    private KeycloakProcess server;
    private Keycloak adminClient;
    private Api service;

    @BeforeAll
    void start() throws IOException {
        postgres = EmbeddedPostgres.builder().start();
        mailbox = Mailbox.start();
        distribution = Distribution.withExtensionOnPostgres();
        ServerSettings settings = ServerSettings.demo("found-nowhere", mailbox.port(), 1)
                .withOptions("--cache=local", "--log-level=trace")
                .withOptions(database());
        server = KeycloakProcess.start(distribution, settings);
        adminClient = server.adminClient();
        service = new Api(
                server.apiUrl(),
                () -> Tokens.ofService(server, "wise-sync-service", "wise-sync-service-secret")
                        .access());
    }

    @AfterAll
    void stop() throws IOException {
        adminClient.close();
        server.close();
        mailbox.close();
        postgres.close();
    }

    @Test
    void thePasswordIsInOneAnswerOnly() throws Exception {
        Person person = new People(Server.realm(adminClient)).create(DemoAccounts.ACME, "user", "acme-au");
        String path = path(person);
        store(person);
        Answer secret = service.get(path + "/secret");
        assertThat(marker.isIn(secret.text())).isTrue();

        callAdminApi(path);
        callAsOwner(person);
        callStockApis(person);
        mailbox.all().forEach(mail -> seen.put("mail " + seen.size(), mail.text() + mail.html()));
        seen.put(
                "metrics",
                new Api(server.managementUrl(), () -> null).get("/metrics").text());
        String dump = dump();
        // Proves that the search looks in the right place.
        assertThat(dump).contains(person.id(), USERNAME, "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIiwia2lkIjoi");
        seen.put("dump", dump);
        String export = export();
        assertThat(export).contains(person.id(), USERNAME, "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIiwia2lkIjoi");
        seen.put("export", export);

        assertThat(seen.keySet())
                .filteredOn(where -> marker.isIn(seen.get(where)))
                .isEmpty();
        assertNothingLogged(person);
    }

    @Test
    void aRowCopiedToAnotherUserDoesNotOpen() throws Exception {
        People people = new People(Server.realm(adminClient));
        Person person = people.create(DemoAccounts.ACME, "user", "acme-au");
        Person thief = people.create(DemoAccounts.ACME, "user", "acme-au");
        store(person);

        execute(
                "INSERT INTO credential (id, type, user_id, created_date, secret_data, credential_data, priority, version)"
                        + " SELECT '" + thief.id() + "', type, '" + thief.id()
                        + "', created_date, secret_data, credential_data, priority, 0 FROM credential WHERE type = 'autotask-account' AND user_id = '"
                        + person.id() + "'");

        assertThat(service.get(path(thief)).json().path("passwordSet").asBoolean())
                .isTrue();
        assertThat(service.get(path(thief) + "/secret").status()).isEqualTo(404);
        assertThat(service.put(path(thief), Map.of("username", "thief@autotask.example"))
                        .status())
                .isEqualTo(400);
        assertThat(service.get(path(person) + "/secret").status()).isEqualTo(200);
    }

    @Test
    void nothingIsLeftOfADeletedUser() throws Exception {
        Person person = new People(Server.realm(adminClient)).create(DemoAccounts.ACME, "user", "acme-au");
        store(person);
        assertThat(query("SELECT type FROM credential WHERE user_id = '" + person.id() + "'"))
                .contains("autotask-account");

        Server.realm(adminClient).users().get(person.id()).remove();

        assertThat(query("SELECT type FROM credential WHERE user_id = '" + person.id() + "'"))
                .isEmpty();
    }

    /** The token of a directory, also in refused requests. */
    @Test
    void aScimTokenIsOnlyInTheAnswerThatCreatesIt() throws Exception {
        String scim = "/accounts/" + DemoAccounts.ACME + "/scim";
        Answer created = service.post(scim + "/tokens", null);
        Marker token = new Marker(created.json().path("secret").asText());
        assertThat(token.isIn(created.text())).isTrue();
        Map<String, String> shown = new LinkedHashMap<>();
        for (String account : List.of(DemoAccounts.ACME, DemoAccounts.GLOBEX, "unknown")) {
            Api directory = new Api(server.realmUrl() + "/wise-sync/scim/v2/" + account, token::password);
            for (String call : List.of("GET /Users", "GET /Users/1", "GET /nothing", "POST /Users", "DELETE /Users")) {
                String method = call.substring(0, call.indexOf(' '));
                String body = method.equals("POST") ? "{\"userName\":7}" : null;
                Answer answer = directory.send(method, call.substring(call.indexOf('/')), body);
                shown.put(account + " " + call, answer.status() + answer.text());
            }
        }
        assertThat(shown.get(DemoAccounts.ACME + " GET /Users")).startsWith("200");
        assertThat(shown.get(DemoAccounts.ACME + " POST /Users")).startsWith("400");
        assertThat(shown.get(DemoAccounts.GLOBEX + " GET /Users")).startsWith("401");
        Api wrong =
                new Api(server.realmUrl() + "/wise-sync/scim/v2/" + DemoAccounts.ACME, () -> token.password() + "x");
        shown.put("wrong", wrong.get("/Users").text());

        shown.put("settings", service.get(scim).text());
        shown.put(
                "activity",
                service.get("/accounts/" + DemoAccounts.ACME + "/activity").text());
        String id = created.json().path("id").asText();
        Api stock = new Api(
                server.url() + "/admin/realms/" + Server.REALM,
                () -> adminClient.tokenManager().getAccessTokenString());
        for (String path : List.of(
                "/admin-events?max=1000",
                "/events?max=1000",
                "/organizations/" + DemoAccounts.ACME,
                "/organizations")) {
            shown.put(path, stock.get(path).text());
        }
        mailbox.all().forEach(mail -> shown.put("mail " + shown.size(), mail.text() + mail.html()));
        shown.put(
                "metrics",
                new Api(server.managementUrl(), () -> null).get("/metrics").text());
        shown.put("dump", dump());
        assertThat(shown.get("dump")).contains(id);
        assertThat(shown.get("/admin-events?max=1000")).contains(id);
        assertThat(service.delete(scim + "/tokens/" + id).status()).isEqualTo(204);
        shown.put("revoked", wrong.get("/Users").text());

        assertThat(shown.keySet())
                .filteredOn(where -> token.isIn(shown.get(where)))
                .isEmpty();
        try (Stream<String> lines = Files.lines(SourceTree.target().resolve("found-nowhere.log"))) {
            assertThat(lines.filter(token::isIn).findFirst()).isEmpty();
        }
    }

    private void callAdminApi(String path) {
        String good = "{\"username\":\"" + USERNAME + "\",\"password\":\"" + marker.password() + "\"";
        for (String body : List.of(
                good,
                good + ",\"unknown\":1}",
                good + "}}",
                good + ",\"password\":\"" + marker.password() + "\"}",
                "{\"username\":\"no-address\",\"password\":\"" + marker.password() + "\"}",
                "{\"username\":\"" + USERNAME + "\",\"password\":\"" + marker.password() + "\\n\"}",
                "{\"username\":\"" + USERNAME + "\",\"password\":[\"" + marker.password() + "\"]}",
                "{\"username\":\"" + USERNAME + "\",\"password\":{\"" + marker.password() + "\":1}}",
                "{\"username\":\"" + USERNAME + "\",\"password\":" + marker.password() + "}",
                "\"" + marker.password() + "\"")) {
            Answer refused = service.put(path, body);
            assertThat(refused.status()).as(body).isEqualTo(400);
            seen.put("refused " + body.length() + body.hashCode(), refused.text());
        }
        seen.put("shown", service.get(path).text());
        seen.put("user", service.get(path.replace("/autotask-account", "")).text());
    }

    private void callAsOwner(Person person) {
        Tokens tokens = new Login(server, Application.WISE_SYNC).as(person, mailbox);
        seen.put("access token", tokens.accessClaims().toString());
        seen.put("id token", tokens.idClaims().toString());
        Api oidc = new Api(server.realmUrl() + "/protocol/openid-connect", tokens::access);
        seen.put("userinfo", oidc.get("/userinfo").text());
        Tokens own = new Login(server, Application.ACCOUNT_CONSOLE).as(person, mailbox);
        Api account = new Api(server.realmUrl() + "/account", own::access);
        for (String path :
                List.of("/", "/credentials", "/sessions", "/applications", "/linked-accounts", "/organizations")) {
            seen.put(
                    "account" + path,
                    account.send("GET", path, null, "Accept", "application/json")
                            .text());
        }
    }

    private void callStockApis(Person person) {
        Api scim = ScimApi.open(server, Server.realm(adminClient));
        Answer scimUser = scim.get("/Users/" + person.id());
        assertThat(scimUser.status()).isEqualTo(200);
        seen.put("scim user", scimUser.text());
        seen.put("scim users", scim.get("/Users").text());
        Api stock = new Api(
                server.url() + "/admin/realms/" + Server.REALM,
                () -> adminClient.tokenManager().getAccessTokenString());
        for (String path : List.of(
                "/users/" + person.id() + "?userProfileMetadata=true",
                "/users/" + person.id() + "/credentials",
                "/users/" + person.id() + "/configured-user-storage-credential-types",
                "/users?briefRepresentation=false&max=500",
                "/admin-events?max=1000",
                "/events?max=1000",
                "/organizations/" + DemoAccounts.ACME + "/members?briefRepresentation=false")) {
            Answer answer = stock.get(path);
            assertThat(answer.status()).as(path).isEqualTo(200);
            seen.put("admin " + path, answer.text());
        }
        assertThat(seen.get("admin /users/" + person.id() + "/credentials")).contains("autotask-account");
        assertThat(seen.get("admin /admin-events?max=1000")).contains("autotask-account/secret");
        Answer partial = stock.post("/partial-export?exportClients=true&exportGroupsAndRoles=true", null);
        assertThat(partial.status()).isEqualTo(200);
        seen.put("partial export", partial.text());
    }

    private void assertNothingLogged(Person person) throws IOException {
        Path log = SourceTree.target().resolve("found-nowhere.log");
        try (Stream<String> lines = Files.lines(log)) {
            assertThat(lines.filter(line -> line.contains("TRACE") && line.contains(person.id()))
                            .findAny())
                    .as("a log at TRACE")
                    .isPresent();
        }
        try (Stream<String> lines = Files.lines(log)) {
            assertThat(lines.filter(marker::isIn).findFirst()).isEmpty();
        }
    }

    /** Every row of every table, as {@code pg_dump} prints them. */
    private String dump() throws SQLException {
        StringBuilder all = new StringBuilder();
        for (String table : query("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")) {
            query("SELECT t::text FROM \"" + table + "\" t")
                    .forEach(row -> all.append(row).append('\n'));
        }
        assertThat(query("SELECT oid::text FROM pg_largeobject_metadata")).isEmpty();
        return all.toString();
    }

    private String export() throws IOException, InterruptedException {
        Path folder = SourceTree.target().resolve("servers/found-nowhere/export");
        List<String> command = new ArrayList<>(
                List.of("bash", distribution.home().resolve("bin/kc.sh").toString(), "export", "--optimized"));
        command.addAll(List.of("--dir=" + folder, "--users=realm_file", "--realm=" + Server.REALM));
        command.addAll(List.of(database()));
        ProcessBuilder kc = new ProcessBuilder(command).redirectErrorStream(true);
        kc.environment().keySet().removeIf(variable -> variable.startsWith("KC_"));
        kc.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process exporting = kc.start();
        String output = new String(exporting.getInputStream().readAllBytes(), UTF_8);
        assertThat(exporting.waitFor()).as(output).isZero();
        seen.put("output of the export", output);
        return Files.readString(folder.resolve(Server.REALM + "-realm.json"));
    }

    private String[] database() {
        return new String[] {
            "--db-url=" + postgres.getJdbcUrl("postgres", "postgres"),
            "--db-username=postgres",
            "--db-password=postgres"
        };
    }

    private List<String> query(String sql) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private void store(Person person) {
        assertThat(service.put(path(person), Map.of("username", USERNAME, "password", marker.password()))
                        .status())
                .isEqualTo(200);
    }

    private static String path(Person person) {
        return "/accounts/" + DemoAccounts.ACME + "/users/" + person.id() + "/autotask-account";
    }
}
