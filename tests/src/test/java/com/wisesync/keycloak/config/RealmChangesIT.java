package com.wisesync.keycloak.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Server;
import com.wisesync.keycloak.testing.Testbed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Applies the files to existing realms, and compares the result with an import. */
class RealmChangesIT {

    private static final Map<String, String> ADDRESSES = Map.of(
            "WISE_SYNC_APP_URL", "https://app.wise-sync.example",
            "WISE_PAY_URL", "https://pay.wise-sync.example",
            "SMTP_HOST", "localhost");

    private final Testbed testbed = Testbed.get();
    private final List<String> realms = new ArrayList<>();
    private final Api admin = new Api(
            testbed.server().url() + "/admin/realms",
            () -> testbed.adminClient().tokenManager().getAccessTokenString());

    @AfterEach
    void removeRealms() {
        realms.forEach(realm -> admin.delete("/" + realm));
    }

    @Test
    void importingLeavesNoWarningInTheLog() {
        String log = testbed.server().log();
        int imported = log.indexOf("Realm 'wise-sync' imported");

        assertThat(imported).isPositive();
        assertThat(log.substring(0, imported)
                        .lines()
                        .filter(line -> line.contains(" WARN ") || line.contains(" ERROR "))
                        // Keycloak 26.7 logs this about its own features, and, where the log begins with the build,
                        // about any extension.
                        .filter(line -> !line.contains("org.keycloak.common.Profile"))
                        .filter(line -> !line.contains("KC-SERVICES0047")))
                .isEmpty();
    }

    @Test
    void aPlainRealmWithUsersBecomesEqualToAnImportedOne() {
        String imported = realm(RealmFiles.production());
        String applied = plainRealm();
        admin.post("/" + applied + "/users", Map.of("username", "bob", "enabled", true));

        changes(applied, ADDRESSES).make(change -> {});

        assertThat(ComparableRealm.of(admin, applied)).isEqualTo(ComparableRealm.of(admin, imported));
        assertThat(admin.get("/" + applied + "/users/profile").json())
                .isEqualTo(admin.get("/" + imported + "/users/profile").json());
        assertThat(ofTheService(applied)).isEqualTo(ofTheService(imported)).hasSize(2);
    }

    @Test
    void aRealmInUseLosesNothing() {
        String realm = realm(existingRealm());
        List<String> unmanaged = List.of(
                "/users?briefRepresentation=false",
                "/clients?clientId=another",
                "/roles/theirs",
                "/roles/theirs/composites",
                "/groups?briefRepresentation=false",
                "/identity-provider/instances/theirs",
                "/authentication/flows/theirs/executions",
                "/localization/en");
        Map<String, JsonNode> before = answers(realm, unmanaged);
        String bob = before.get("/users?briefRepresentation=false")
                .path(0)
                .path("id")
                .asText();
        List<String> bobs = List.of(
                "/users/" + bob + "/credentials", "/users/" + bob + "/role-mappings", "/users/" + bob + "/groups");
        Map<String, JsonNode> bobBefore = answers(realm, bobs);
        JsonNode realmBefore = admin.get("/" + realm).json();

        changes(realm).make(change -> {});

        assertThat(answers(realm, unmanaged)).isEqualTo(before);
        assertThat(answers(realm, bobs)).isEqualTo(bobBefore);
        JsonNode now = admin.get("/" + realm).json();
        for (String setting : List.of("displayName", "smtpServer", "registrationFlow", "accessTokenLifespan")) {
            assertThat(now.get(setting))
                    .as(setting)
                    .isEqualTo(realmBefore.get(setting))
                    .isNotNull();
        }
        assertThat(JsonTrees.texts(now.get("eventsListeners"))).contains("email", "wise-sync");
        assertThat(JsonTrees.texts(now.get("supportedLocales"))).contains("fr", "en", "de");
        assertThat(JsonTrees.names(
                        admin.get("/" + realm + "/users/profile").json().get("attributes")))
                .contains("shoe-size", "companies");
        JsonNode wisePay =
                admin.get("/" + realm + "/clients?clientId=wise-pay").json().get(0);
        assertThat(wisePay.path("secret").asText()).isEqualTo("theirs");
        assertThat(JsonTrees.names(wisePay.get("protocolMappers"))).contains("its own audience", "theirs");
        assertThat(JsonTrees.texts(wisePay.get("redirectUris"))).containsExactly("https://theirs.example/*");
        assertThat(JsonTrees.texts(wisePay.get("defaultClientScopes"))).contains("theirs", "wise-sync");
        assertThat(changes(realm).show()).isEmpty();
    }

    @Test
    void aSecondRunChangesNothing() {
        String realm = plainRealm();
        changes(realm, ADDRESSES).make(change -> {});

        assertThat(changes(realm, ADDRESSES).show()).isEmpty();
        assertThat(changes(realm).show()).isEmpty();
    }

    @Test
    void productionSettingsStayWithoutTheEnvironment() {
        String realm = realm(RealmFiles.production());
        JsonNode client = admin.get("/" + realm + "/clients?clientId=wise-sync-app")
                .json()
                .get(0);
        ObjectNode production = ((ObjectNode) client.deepCopy()).put("rootUrl", "https://sync.example.com");
        production.putArray("redirectUris").add("https://sync.example.com/*");
        production.withObjectProperty("attributes").put("backchannel.logout.url", "https://sync.example.com/logout");
        String clientPath = "/" + realm + "/clients/" + client.path("id").asText();
        admin.put(clientPath, production);
        admin.send("POST", "/" + realm + "/authentication/flows/browser/copy", "{\"newName\":\"kerberos\"}");
        admin.put(
                "/" + realm,
                Map.of(
                        "passwordPolicy", "length(12) and notUsername(undefined)",
                        "eventsExpiration", 31536000,
                        "browserFlow", "kerberos"));
        JsonNode clientBefore = admin.get(clientPath).json();
        JsonNode realmBefore = admin.get("/" + realm).json();

        List<String> made = new ArrayList<>();
        changes(realm).make(made::add);

        assertThat(made).isEmpty();
        assertThat(admin.get(clientPath).json()).isEqualTo(clientBefore);
        assertThat(admin.get("/" + realm).json()).isEqualTo(realmBefore);
    }

    @Test
    void aMaskedSecretIsReplaced() {
        String realm = realm(RealmFiles.production());
        JsonNode client =
                admin.get("/" + realm + "/clients?clientId=wise-pay").json().get(0);
        String path = "/" + realm + "/clients/" + client.path("id").asText();
        admin.put(path, ((ObjectNode) client.deepCopy()).put("secret", "**********"));

        assertThat(changes(realm).show())
                .singleElement()
                .asString()
                .contains("@@ client wise-pay @@", "- secret: a literal **********");
        changes(realm).make(change -> {});

        assertThat(admin.get(path + "/client-secret").json().path("value").asText())
                .isNotEqualTo("**********")
                .isNotEmpty();
    }

    @Test
    void anImportedRealmHasNoDifferences() {
        assertThat(changes(realm(RealmFiles.production())).show()).isEmpty();
    }

    @Test
    void showingChangesNothing() {
        String realm = plainRealm();
        JsonNode before = ComparableRealm.of(admin, realm);

        List<String> shown = changes(realm).show();

        assertThat(shown)
                .contains("@@ role account-admin @@\n+ new", "@@ flow wise-sync browser @@\n+ new")
                .anySatisfy(change -> assertThat(change).startsWith("@@ client wise-sync-app @@\n+ new"));
        assertThat(ComparableRealm.of(admin, realm)).isEqualTo(before);
    }

    @Test
    void restoresChangedValues() {
        String realm = realm(RealmFiles.production());
        JsonNode permission = JsonTrees.find(
                        admin.get("/" + realm + "/roles/account-admin/composites")
                                .json(),
                        "name",
                        "emulate-users")
                .orElseThrow();
        admin.send("POST", "/" + realm + "/roles/user/composites", "[" + permission + "]");
        admin.put("/" + realm, Map.of("bruteForceProtected", false));

        List<String> made = new ArrayList<>();
        changes(realm).make(made::add);

        assertThat(made)
                .hasSize(2)
                .anySatisfy(change ->
                        assertThat(change).contains("- bruteForceProtected: false\n+ bruteForceProtected: true"));
        assertThat(changes(realm).show()).isEmpty();
    }

    @Test
    void theCommandShowsAndMakesTheChanges() {
        String realm = plainRealm();

        Run shown = run(realm);
        Run made = run(realm, "--yes");
        Run left = run(realm, "--yes");

        assertThat(shown.exitCode()).isEqualTo(Apply.CHANGES);
        assertThat(shown.out()).contains("@@ client wise-sync-app @@", "+ new");
        assertThat(made.exitCode()).isEqualTo(Apply.CHANGES);
        assertThat(made.out()).contains("@@ role account-admin, permissions in wise-pay @@");
        assertThat(left.exitCode()).isEqualTo(Apply.UNCHANGED);
    }

    @Test
    void theCommandAppliesOneSection() {
        String realm = realm(RealmFiles.production());
        admin.put("/" + realm, Map.of("bruteForceProtected", false));
        String flow = "/" + realm + "/authentication/flows/wise-sync%20after%20identity%20provider/executions";
        ObjectNode step = (ObjectNode) admin.get(flow).json().get(0);
        admin.put(flow, step.put("requirement", "DISABLED"));

        Run made = run(realm, "--only", "flows", "--yes");

        assertThat(made.out())
                .contains("@@ flow wise-sync after identity provider")
                .doesNotContain("bruteForce");
        assertThat(admin.get("/" + realm).json().path("bruteForceProtected").asBoolean())
                .isFalse();
        assertThat(run(realm, "--only", "flows").exitCode()).isEqualTo(Apply.UNCHANGED);
    }

    @Test
    void anExistingRoleIsAdoptedOnlyOnRequest() {
        ObjectNode plain = JsonTrees.object().put("enabled", true);
        plain.putObject("roles")
                .putArray("realm")
                .addObject()
                .put("name", "user")
                .put("description", "theirs");
        String realm = realm(plain);
        JsonNode before = ComparableRealm.of(admin, realm);

        Run refused = run(realm, "--yes");

        assertThat(refused.exitCode()).isEqualTo(Apply.ERROR);
        assertThat(refused.out()).contains("@@ role user @@", "Nothing was changed");
        assertThat(ComparableRealm.of(admin, realm)).isEqualTo(before);
        for (String section : List.of("roles", "permissions", "settings")) {
            assertThat(run(realm, "--only", section).out()).as(section).contains("@@ role user @@");
        }
        Run others = run(realm, "--only", "required-actions", "--yes");
        assertThat(others.exitCode()).as(others.out()).isNotEqualTo(Apply.ERROR);
        assertThat(others.out()).doesNotContain("@@ role user @@");
        assertThat(run(realm, "--only", "required-actions").exitCode()).isEqualTo(Apply.UNCHANGED);
        assertThat(run(realm, "--yes", "--adopt", "user").exitCode()).isEqualTo(Apply.CHANGES);
    }

    @Test
    void theCommandReportsErrors() {
        assertThat(run("no-such-realm").exitCode()).isEqualTo(Apply.ERROR);
        assertThat(run("wise-sync", "--only", "nothing").out()).contains("The sections are");
        assertThat(runWith(
                                Map.of("SMTP_PASSWORD", "**********"),
                                testbed.server().url(),
                                "wise-sync")
                        .out())
                .contains("SMTP_PASSWORD", "mask of an export");
        assertThat(runWith(Map.of()).out()).contains("--yes", "KC_ADMIN_PASSWORD");
        Run anonymous =
                runWith(Map.of("KC_ADMIN_PASSWORD", ""), testbed.server().url(), "wise-sync");
        assertThat(anonymous.exitCode()).isEqualTo(Apply.ERROR);
        assertThat(anonymous.out()).startsWith("! Set KC_ADMIN_CLIENT_ID");
        Run invalid = runWith(Map.of(), "no address", "wise-sync");
        assertThat(invalid.exitCode()).isEqualTo(Apply.ERROR);
        assertThat(invalid.out()).startsWith("! ").doesNotContain("\tat ");
    }

    private Map<String, JsonNode> answers(String realm, List<String> paths) {
        return paths.stream().collect(Collectors.toMap(path -> path, path -> {
            Answer answer = admin.get("/" + realm + path);
            assertThat(answer.status()).as(path).isEqualTo(200);
            return answer.json();
        }));
    }

    private Set<String> ofTheService(String realm) {
        String client = admin.get("/" + realm + "/clients?clientId=wise-sync-service")
                .json()
                .path(0)
                .path("id")
                .asText();
        String account = admin.get("/" + realm + "/clients/" + client + "/service-account-user")
                .json()
                .path("id")
                .asText();
        return JsonTrees.names(admin.get("/" + realm + "/users/" + account + "/role-mappings/clients/" + client)
                .json());
    }

    private Run run(String realm, String... options) {
        List<String> arguments = new ArrayList<>(List.of(testbed.server().url(), realm));
        arguments.addAll(List.of(options));
        return runWith(Map.of(), arguments.toArray(String[]::new));
    }

    private static Run runWith(Map<String, String> more, String... arguments) {
        Map<String, String> environment = new HashMap<>();
        environment.put("KC_ADMIN_USERNAME", Server.ADMIN);
        environment.put("KC_ADMIN_PASSWORD", Server.ADMIN);
        environment.putAll(more);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int exitCode = Apply.run(
                List.of(arguments), environment, new PrintStream(out, true, StandardCharsets.UTF_8), question -> false);
        return new Run(exitCode, out.toString(StandardCharsets.UTF_8));
    }

    private RealmChanges changes(String realm) {
        return changes(realm, Map.of());
    }

    private RealmChanges changes(String realm, Map<String, String> environment) {
        return new RealmChanges(testbed.adminClient(), testbed.server().url(), realm, environment);
    }

    private record Run(int exitCode, String out) {}

    private static ObjectNode existingRealm() {
        try {
            return (ObjectNode)
                    new ObjectMapper().readTree(RealmChangesIT.class.getResourceAsStream("/realm-in-use.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String plainRealm() {
        return realm(JsonTrees.object().put("enabled", true));
    }

    /** Uses the code that imports a file at the start. */
    private String realm(ObjectNode content) {
        String name = "realm-" + UUID.randomUUID();
        ObjectNode realm = new Placeholders(Map.of()).resolvedIn(content);
        realm.put("realm", name);
        assertThat(admin.post("", realm).status()).isEqualTo(201);
        realms.add(name);
        return name;
    }
}
