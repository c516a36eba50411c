package com.wisesync.keycloak.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ManagedValuesTest {

    private final ObjectNode files = RealmFiles.production();

    @Test
    void aRequiredValueIsRestored() {
        ObjectNode realm = JsonTrees.object().put("bruteForceProtected", false);

        List<String> lines = later(Map.of()).overlay("settings", realm, wanted("bruteForceProtected"));

        assertThat(lines).containsExactly("- bruteForceProtected: false", "+ bruteForceProtected: true");
        assertThat(realm.path("bruteForceProtected").asBoolean()).isTrue();
    }

    @Test
    void anInitialValueThatIsSetIsKept() {
        ObjectNode realm = JsonTrees.object()
                .put("passwordPolicy", "length(12)")
                .put("eventsExpiration", 31536000)
                .put("browserFlow", "kerberos");
        realm.putArray("supportedLocales").add("en");
        ObjectNode before = realm.deepCopy();

        List<String> lines = later(Map.of())
                .overlay(
                        "settings",
                        realm,
                        wanted("passwordPolicy", "eventsExpiration", "browserFlow", "supportedLocales"));

        assertThat(lines).isEmpty();
        assertThat(realm).isEqualTo(before);
    }

    @Test
    void anInitialValueIsSetIfTheRealmHasNone() {
        ObjectNode realm = JsonTrees.object();

        List<String> lines = later(Map.of()).overlay("settings", realm, wanted("passwordPolicy"));

        assertThat(lines)
                .containsExactly("+ passwordPolicy: length(6) and notUsername(undefined) and notEmail(undefined)");
    }

    @Test
    void onlyTheFirstRunReplacesKeycloaksDefaults() {
        ObjectNode plain = JsonTrees.object().put("browserFlow", "browser");
        ObjectNode existing = JsonTrees.object().put("browserFlow", "browser");

        first(Map.of()).overlay("settings", plain, wanted("browserFlow"));
        later(Map.of()).overlay("settings", existing, wanted("browserFlow"));

        assertThat(plain.path("browserFlow").asText()).isEqualTo("wise-sync browser");
        assertThat(existing.path("browserFlow").asText()).isEqualTo("browser");
    }

    @Test
    void anUnsetPlaceholderKeepsTheValue() {
        ObjectNode client = JsonTrees.object().put("rootUrl", "https://sync.example.com");
        client.putArray("redirectUris").add("https://sync.example.com/*");
        client.putObject("attributes").put("backchannel.logout.url", "https://sync.example.com/logout");
        ObjectNode before = client.deepCopy();

        List<String> lines = first(Map.of("WISE_SYNC_APP_URL", ""))
                .overlay("clients/wise-sync-app", client, client("rootUrl", "redirectUris", "attributes"));

        assertThat(lines)
                .allSatisfy(line -> assertThat(line).contains("attributes.").doesNotContain("logout.url"));
        assertThat(client.get("rootUrl")).isEqualTo(before.get("rootUrl"));
        assertThat(client.get("redirectUris")).isEqualTo(before.get("redirectUris"));
        assertThat(client.at("/attributes/backchannel.logout.url").asText()).endsWith("/logout");
    }

    @Test
    void aSetPlaceholderIsApplied() {
        ObjectNode client = JsonTrees.object().put("rootUrl", "https://old.example.com");
        client.putArray("redirectUris").add("https://old.example.com/*");

        List<String> lines = later(Map.of("WISE_SYNC_APP_URL", "https://new.example.com"))
                .overlay("clients/wise-sync-app", client, client("rootUrl", "redirectUris"));

        assertThat(lines)
                .containsExactly(
                        "- rootUrl: https://old.example.com",
                        "+ rootUrl: https://new.example.com",
                        "+ redirectUris: https://new.example.com/*");
    }

    @Test
    void aNewClientHasNoExampleAddress() {
        assertThat(first(Map.of()).initial(client("rootUrl", "redirectUris")).toString())
                .doesNotContain(".example");
    }

    @Test
    void anExactListHasOnlyTheElementsOfTheFiles() {
        ObjectNode attribute = JsonTrees.object();
        attribute.putObject("permissions").putArray("edit").add("admin").add("user");
        ObjectNode wanted = JsonTrees.object();
        wanted.putObject("permissions").putArray("edit").add("admin");

        List<String> lines = later(Map.of()).overlay("user-profile/companies", attribute, wanted);

        assertThat(lines).containsExactly("- permissions.edit: user");
        assertThat(attribute.at("/permissions/edit").size()).isEqualTo(1);
    }

    @Test
    void aSecretIsNeitherComparedWithItsMaskNorShown() {
        Map<String, String> environment = Map.of("SMTP_PASSWORD", "geheim");
        ObjectNode masked = JsonTrees.object().put("password", "**********");
        ObjectNode none = JsonTrees.object();
        ObjectNode wanted = JsonTrees.object().put("password", "${SMTP_PASSWORD:}");

        assertThat(later(environment).overlay("settings/smtpServer", masked, wanted))
                .isEmpty();
        assertThat(later(environment).overlay("settings/smtpServer", none, wanted))
                .containsExactly("+ password: **********");
        assertThat(none.path("password").asText()).isEqualTo("geheim");
    }

    private ObjectNode wanted(String... fields) {
        return files.deepCopy().retain(fields);
    }

    private ObjectNode client(String... fields) {
        return JsonTrees.find(files.get("clients"), "clientId", "wise-sync-app")
                .orElseThrow()
                .deepCopy()
                .retain(fields);
    }

    private static ManagedValues first(Map<String, String> environment) {
        return new ManagedValues(RealmFiles.ownership(), new Placeholders(environment), true);
    }

    private static ManagedValues later(Map<String, String> environment) {
        return new ManagedValues(RealmFiles.ownership(), new Placeholders(environment), false);
    }
}
