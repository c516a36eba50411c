package com.wisesync.keycloak.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Server;
import com.wisesync.keycloak.testing.Testbed;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Applying the files to a realm that is there, against importing them. */
class RealmChangesIT {

    private static final ObjectMapper JSON = new ObjectMapper();

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
                        // Said by any 26.7 about its own features.
                        .filter(line -> !line.contains("org.keycloak.common.Profile")))
                .isEmpty();
    }

    @Test
    void aPlainRealmBecomesWhatTheImportMakes() {
        String imported = realm(RealmFiles.production());
        String applied = plainRealm();

        changes(applied).make(change -> {});

        assertThat(exported(applied)).isEqualTo(exported(imported));
        assertThat(admin.get("/" + applied + "/users/profile").json())
                .isEqualTo(admin.get("/" + imported + "/users/profile").json());
    }

    @Test
    void aPlainRealmLosesNothing() {
        String realm = plainRealm();
        admin.post(
                "/" + realm + "/clients",
                "{\"clientId\":\"wise-pay\",\"redirectUris\":[\"https://theirs.example/*\"],\"secret\":\"theirs\"}");
        admin.post("/" + realm + "/clients", "{\"clientId\":\"another\",\"directAccessGrantsEnabled\":true}");
        admin.post("/" + realm + "/roles", "{\"name\":\"theirs\"}");
        String user = admin.post(
                        "/" + realm + "/users",
                        "{\"username\":\"bob\",\"enabled\":true,\"email\":\"bob@theirs.example\",\"firstName\":\"Bob\"}")
                .createdId();
        JsonNode before = admin.get("/" + realm + "/users/" + user).json();

        changes(realm).make(change -> {});

        assertThat(admin.get("/" + realm + "/users/" + user).json()).isEqualTo(before);
        JsonNode wisePay =
                admin.get("/" + realm + "/clients?clientId=wise-pay").json().get(0);
        assertThat(wisePay.path("secret").asText()).isEqualTo("theirs");
        assertThat(Json.names(wisePay.get("protocolMappers"))).contains("its own audience");
        assertThat(Json.texts(wisePay.get("redirectUris")))
                .containsExactlyInAnyOrder("https://theirs.example/*", "https://pay.wise-sync.example/*");
        assertThat(admin.get("/" + realm + "/clients?clientId=another")
                        .json()
                        .get(0)
                        .path("directAccessGrantsEnabled")
                        .asBoolean())
                .isTrue();
        assertThat(admin.get("/" + realm + "/roles/theirs").status()).isEqualTo(200);
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
        JsonNode before = exported(realm);

        List<String> shown = changes(realm).show();

        assertThat(shown)
                .contains("client wise-sync-app: new", "role account-admin: new", "flow wise-sync browser: new");
        assertThat(exported(realm)).isEqualTo(before);
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

    private static String run(Map<String, String> environment, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Apply.run(List.of(arguments), environment, new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }

    private RealmChanges changes(String realm) {
        return new RealmChanges(testbed.adminClient(), testbed.server().url(), realm, Map.of());
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

    /** All of a realm but users, without what differs by nature: ids, secrets, names, and the order of sets. */
    private JsonNode exported(String realm) {
        String export = admin.post("/" + realm + "/partial-export?exportClients=true&exportGroupsAndRoles=true", null)
                .text()
                .replace(realm, "the-realm");
        try {
            return comparable(JSON.readTree(export));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode comparable(JsonNode node) {
        if (node instanceof ObjectNode object) {
            Map<String, JsonNode> sorted = new TreeMap<>();
            object.properties().stream()
                    .filter(field -> !DIFFERENT_BY_NATURE.contains(field.getKey()))
                    .filter(field -> !field.getValue().asText("x").isEmpty())
                    .forEach(field -> sorted.put(field.getKey(), comparable(field.getValue())));
            ObjectNode result = Json.object();
            sorted.forEach(result::set);
            return result;
        }
        if (node.isArray()) {
            return Json.array(StreamSupport.stream(node.spliterator(), false)
                    .map(RealmChangesIT::comparable)
                    .collect(Collectors.toMap(JsonNode::toString, element -> element, (a, b) -> a, TreeMap::new))
                    .values()
                    .stream());
        }
        return node;
    }

    private static final Set<String> DIFFERENT_BY_NATURE =
            Set.of("id", "containerId", "secret", "client.secret.creation.time", "displayName");
}
