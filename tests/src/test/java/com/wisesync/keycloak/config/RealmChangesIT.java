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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Applying the files to a realm that is there, against importing them. */
class RealmChangesIT {

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
                        // Said by any 26.7 about its own features, and, where the log begins with the build, about any
                        // extension.
                        .filter(line -> !line.contains("org.keycloak.common.Profile"))
                        .filter(line -> !line.contains("KC-SERVICES0047")))
                .isEmpty();
    }

    @Test
    void aPlainRealmWithUsersBecomesWhatTheImportMakes() {
        String imported = realm(RealmFiles.production());
        String applied = plainRealm();
        admin.post("/" + applied + "/users", Map.of("username", "bob", "enabled", true));

        changes(applied).make(change -> {});

        assertThat(ComparableRealm.of(admin, applied)).isEqualTo(ComparableRealm.of(admin, imported));
        assertThat(admin.get("/" + applied + "/users/profile").json())
                .isEqualTo(admin.get("/" + imported + "/users/profile").json());
        assertThat(ofTheService(applied)).isEqualTo(ofTheService(imported)).hasSize(2);
    }

    @Test
    void aRealmInUseLosesNothing() {
        String realm = realm(theirs());
        List<String> theirs = List.of(
                "/users?briefRepresentation=false",
                "/clients?clientId=another",
                "/roles/theirs",
                "/roles/theirs/composites",
                "/groups?briefRepresentation=false",
                "/identity-provider/instances/theirs",
                "/authentication/flows/theirs/executions",
                "/localization/en");
        Map<String, JsonNode> before = answers(realm, theirs);
        String bob = before.get("/users?briefRepresentation=false")
                .path(0)
                .path("id")
                .asText();
        List<String> bobs = List.of(
                "/users/" + bob + "/credentials", "/users/" + bob + "/role-mappings", "/users/" + bob + "/groups");
        Map<String, JsonNode> bobBefore = answers(realm, bobs);
        JsonNode realmBefore = admin.get("/" + realm).json();

        changes(realm).make(change -> {});

        assertThat(answers(realm, theirs)).isEqualTo(before);
        assertThat(answers(realm, bobs)).isEqualTo(bobBefore);
        JsonNode now = admin.get("/" + realm).json();
        for (String setting : List.of("displayName", "smtpServer", "registrationFlow", "accessTokenLifespan")) {
            assertThat(now.get(setting))
                    .as(setting)
                    .isEqualTo(realmBefore.get(setting))
                    .isNotNull();
        }
        assertThat(Json.texts(now.get("eventsListeners"))).contains("email", "wise-sync");
        assertThat(Json.texts(now.get("supportedLocales"))).contains("fr", "en", "de");
        assertThat(Json.names(admin.get("/" + realm + "/users/profile").json().get("attributes")))
                .contains("shoe-size", "companies");
        JsonNode wisePay =
                admin.get("/" + realm + "/clients?clientId=wise-pay").json().get(0);
        assertThat(wisePay.path("secret").asText()).isEqualTo("theirs");
        assertThat(Json.names(wisePay.get("protocolMappers"))).contains("its own audience", "theirs");
        assertThat(Json.texts(wisePay.get("redirectUris")))
                .containsExactlyInAnyOrder("https://theirs.example/*", "https://pay.wise-sync.example/*");
        assertThat(Json.texts(wisePay.get("defaultClientScopes"))).contains("theirs", "wise-sync");
        assertThat(changes(realm).show()).isEmpty();
    }

    @Test
    void onceIsEnough() {
        String realm = plainRealm();
        changes(realm).make(change -> {});

        assertThat(changes(realm).show()).isEmpty();
    }

    @Test
    void theRealmThatWasImportedNeedsNothing() {
        assertThat(changes(realm(RealmFiles.production())).show()).isEmpty();
    }

    @Test
    void showingChangesNothing() {
        String realm = plainRealm();
        JsonNode before = ComparableRealm.of(admin, realm);

        List<String> shown = changes(realm).show();

        assertThat(shown)
                .contains("client wise-sync-app: new", "role account-admin: new", "flow wise-sync browser: new");
        assertThat(ComparableRealm.of(admin, realm)).isEqualTo(before);
    }

    @Test
    void whatSomebodyChangedOfOursIsPutBack() {
        String realm = realm(RealmFiles.production());
        JsonNode permission = Json.find(
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
                .anySatisfy(change -> assertThat(change).contains("bruteForceProtected: false -> true"));
        assertThat(changes(realm).show()).isEmpty();
    }

    @Test
    void theCommandShowsAndMakesTheChanges() {
        String realm = plainRealm();
        Map<String, String> login = Map.of("KC_ADMIN_USERNAME", Server.ADMIN, "KC_ADMIN_PASSWORD", Server.ADMIN);

        String shown = run(login, testbed.server().url(), realm);
        String made = run(login, testbed.server().url(), realm, "--yes");
        String left = run(login, testbed.server().url(), realm);

        assertThat(shown).contains("client wise-sync-app: new");
        assertThat(made).contains("client wise-sync-app: new", "role account-admin may, in wise-pay");
        assertThat(left).isEmpty();
    }

    @Test
    void theCommandExplainsItself() {
        assertThat(run(Map.of())).contains("--yes", "KC_ADMIN_PASSWORD");
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
        return Json.names(admin.get("/" + realm + "/users/" + account + "/role-mappings/clients/" + client)
                .json());
    }

    private static String run(Map<String, String> environment, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Apply.run(List.of(arguments), environment, new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }

    private RealmChanges changes(String realm) {
        return new RealmChanges(testbed.adminClient(), testbed.server().url(), realm, Map.of());
    }

    private static ObjectNode theirs() {
        try {
            return (ObjectNode)
                    new ObjectMapper().readTree(RealmChangesIT.class.getResourceAsStream("/realm-in-use.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String plainRealm() {
        return realm(Json.object().put("enabled", true));
    }

    /** Made by the same code that imports a file at start. */
    private String realm(ObjectNode content) {
        String name = "realm-" + UUID.randomUUID();
        ObjectNode realm = new Placeholders(Map.of()).resolvedIn(content);
        realm.put("realm", name);
        assertThat(admin.post("", realm).status()).isEqualTo(201);
        realms.add(name);
        return name;
    }
}
