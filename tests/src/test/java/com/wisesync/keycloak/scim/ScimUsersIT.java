package com.wisesync.keycloak.scim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.wisesync.keycloak.lifecycle.Events;
import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.People;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.representations.idm.UserRepresentation;

/** The users of a directory, with requests as Microsoft Entra ID and Okta send them. */
@TestInstance(Lifecycle.PER_CLASS)
class ScimUsersIT {

    private static final Testbed BED = Testbed.get();
    private static final String EXTENSION = "urn:wise-sync:params:scim:schemas:1.0:User";

    private final String account = BED.people().account("autotask", "one", "two");
    private final String users = "/accounts/" + account + "/users/";
    private final Api service = BED.serviceApi();
    private final Api scim = Directories.connected(account);
    private final Events events = new Events();

    @Test
    void aUserIsCreatedChangedDisabledDeletedAndRestored() {
        String name = name();
        String externalId = UUID.randomUUID().toString();
        Answer created = scim.post("/Users", entraUser(name, externalId));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        JsonNode user = created.json();
        String id = user.path("id").asText();
        assertThat(created.header("Location")).contains(Directories.url(account) + "/Users/" + id);
        assertThat(created.header("Content-Type")).contains("application/scim+json");
        assertThat(created.header("ETag")).contains(user.at("/meta/version").asText());
        assertThat(user.path("externalId").asText()).isEqualTo(externalId);
        assertThat(user.path("active").asBoolean()).isTrue();
        assertThat(user.at("/name/familyName").asText()).isEqualTo("Comer");
        assertThat(user.path(EXTENSION).path("role").asText()).isEqualTo("user");
        assertThat(user.path(EXTENSION).path("companies")).isEmpty();
        assertThat(created.text()).doesNotContain("password", "Never-stored-1");
        // Without a company there is no access, and so no invitation yet.
        JsonNode stored = service.get(users + id).json();
        assertThat(stored.path("managedBy").asText()).isEqualTo("scim");
        assertThat(stored.has("invitation")).isFalse();
        // Applications know the user before there is access.
        JsonNode event = reported(id, "user.created");
        assertThat(event.at("/user/enabled").asBoolean()).isFalse();
        assertThat(event.at("/account/id").asText()).isEqualTo(account);

        Answer again = scim.post("/Users", entraUser(name, externalId));
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().path("scimType").asText()).isEqualTo("uniqueness");
        assertThat(again.json().path("schemas").get(0).asText()).endsWith("messages:2.0:Error");

        // Only access brings the invitation, here by a company that the directory assigns.
        Answer assigned = patch(id, op("Add", EXTENSION + ":companies", "[\"one\"]"));
        assertThat(assigned.json().path(EXTENSION).path("companies").toString()).isEqualTo("[\"one\"]");
        assertThat(BED.mailbox().take(name).subject()).isNotBlank();
        assertThat(service.get(users + id).json().has("invitation")).isTrue();
        assertThat(reported(id, "user.created", "user.enabled")
                        .at("/user/companies/0")
                        .asText())
                .isEqualTo("one");

        String version = scim.get("/Users/" + id).json().at("/meta/version").asText();
        Answer disabled = patch(id, op("Replace", "active", "\"False\""));
        assertThat(disabled.status()).as(disabled.text()).isEqualTo(200);
        assertThat(disabled.json().path("active").asBoolean()).isFalse();
        assertThat(service.get(users + id).json().path("enabled").asBoolean()).isFalse();
        assertThat(service.get(users + id + "/deactivations")
                        .json()
                        .at("/0/reason")
                        .asText())
                .isEqualTo("scim");
        reported(id, "user.created", "user.enabled", "user.disabled");
        Answer stale = scim.send(
                "PATCH",
                "/Users/" + id,
                message(op("replace", "active", "true")),
                "If-Match",
                version,
                "Content-Type",
                "application/scim+json");
        assertThat(stale.status()).isEqualTo(412);
        assertThat(patch(id, "{\"op\":\"replace\",\"value\":{\"active\":true,\"name.familyName\":\"Newer\"}}")
                        .json()
                        .at("/name/familyName")
                        .asText())
                .isEqualTo("Newer");
        assertThat(scim.get("/Users/" + id).json().path("active").asBoolean()).isTrue();
        assertThat(reported(id, "user.created", "user.enabled", "user.disabled", "user.enabled")
                        .at("/user/lastName")
                        .asText())
                .isEqualTo("Newer");
        JsonNode enabled = service.get("/accounts/" + account + "/activity?kind=enabled&user=" + id)
                .json();
        assertThat(enabled.path(0).path("fields").toString())
                .as(enabled.toString())
                .isEqualTo("[\"lastName\",\"enabled\"]");

        Answer deleted = scim.delete("/Users/" + id);
        assertThat(deleted.status()).isEqualTo(204);
        assertThat(scim.get("/Users/" + id).status()).isEqualTo(404);
        assertThat(find("userName eq \"" + name + "\"").path("totalResults").asInt())
                .isZero();
        assertThat(service.get(users + id).json().path("enabled").asBoolean()).isFalse();
        assertThat(service.get(users + id).json().has("managedBy")).isFalse();
        // The user still exists: applications keep it.
        reported(id, "user.created", "user.enabled", "user.disabled", "user.enabled", "user.disabled");

        Answer restored = scim.post("/Users", entraUser(name, externalId));
        assertThat(restored.status()).as(restored.text()).isEqualTo(201);
        assertThat(restored.json().path("id").asText()).isEqualTo(id);
        assertThat(restored.json().path("active").asBoolean()).isTrue();
        assertThat(service.get(users + id).json().path("enabled").asBoolean()).isTrue();
        reported(id, "user.created", "user.enabled", "user.disabled", "user.enabled", "user.disabled", "user.enabled");
        String activity = service.get(users + id + "/activity").text();
        // The restored user was also renamed, which the activity shows as one change.
        assertThat(activity).contains("\"created\"", "\"disabled\"", "\"changed\"");
    }

    @Test
    void usersAreFoundByFiltersAndPages() {
        String name = name();
        String externalId = "Ext-" + UUID.randomUUID();
        String id = scim.post("/Users", entraUser(name, externalId))
                .json()
                .path("id")
                .asText();

        for (String filter : List.of(
                "userName eq \"" + name.toUpperCase(java.util.Locale.ROOT) + "\"",
                "externalId eq \"" + externalId + "\"",
                "emails[type eq \"work\"].value eq \"" + name + "\"",
                "emails[type eq \"Work\" and value eq \"" + name + "\"]",
                "emails[primary eq true].value eq \"" + name + "\"",
                "emails[primary eq true and type eq \"work\"].value eq \"" + name + "\"",
                "emails[primary eq true and value eq \"" + name + "\"]",
                "emails.value eq \"" + name + "\"",
                "emails.value eq \"" + name + "\" and userName eq \"" + name + "\"",
                "urn:ietf:params:scim:schemas:core:2.0:User:userName eq \"" + name + "\"")) {
            JsonNode found = find(filter);
            assertThat(found.path("totalResults").asInt()).as(filter).isEqualTo(1);
            assertThat(found.at("/Resources/0/id").asText()).isEqualTo(id);
        }
        assertThat(find("externalId eq \"" + externalId.toLowerCase(java.util.Locale.ROOT) + "\"")
                        .path("totalResults")
                        .asInt())
                .isZero();
        for (String filter : List.of(
                "emails[type eq \"home\"]",
                "emails[primary eq false].value eq \"" + name + "\"",
                "externalId eq \"emails[type eq \\\"work\\\"].value\"",
                "emails[type eq \"home\" and value eq \"" + name + "\"]",
                "emails[type eq \"home\"].value eq \"" + name + "\"")) {
            assertThat(find(filter).path("totalResults").asInt(-1)).as(filter).isZero();
        }
        // Users that the directory does not manage, here or elsewhere, do not exist for it.
        Person unlinked = BED.people().create(account, "user", "one");
        Person foreign = BED.people().create(BED.people().account("autotask", "one"), "user", "one");
        for (Person other : List.of(unlinked, foreign)) {
            assertThat(find("userName eq \"" + other.username() + "\"")
                            .path("totalResults")
                            .asInt())
                    .isZero();
            assertThat(scim.get("/Users/" + other.id()).status()).isEqualTo(404);
            assertThat(patch(other.id(), op("replace", "active", "false")).status())
                    .isEqualTo(404);
            assertThat(scim.delete("/Users/" + other.id()).status()).isEqualTo(404);
            Answer taken = scim.post("/Users", entraUser(other.username(), "x"));
            assertThat(taken.status()).isEqualTo(409);
            assertThat(taken.json().path("scimType").asText()).isEqualTo("uniqueness");
        }
        // The account's own user is offered to its admins, to be linked; another account's user is not.
        JsonNode errors = service.get("/accounts/" + account + "/scim").json().path("recentErrors");
        assertThat(errors.findValuesAsText("message"))
                .allSatisfy(message -> assertThat(message).isNotBlank());
        assertThat(errors.findValues("user"))
                .extracting(user -> user.path("id").asText())
                .contains(unlinked.id())
                .doesNotContain(foreign.id());
        JsonNode offered = StreamSupport.stream(errors.spliterator(), false)
                .filter(error -> error.at("/user/id").asText().equals(unlinked.id()))
                .findFirst()
                .orElseThrow();
        assertThat(offered.path("status").asInt()).isEqualTo(409);
        assertThat(offered.path("externalId").asText()).isEqualTo("x");
        assertThat(managed()).contains(id).doesNotContain(unlinked.id());
        assertThat(service.put(users + unlinked.id() + "/scim-link", Map.of()).status())
                .isEqualTo(204);
        assertThat(find("userName eq \"" + unlinked.username() + "\"")
                        .at("/Resources/0/id")
                        .asText())
                .isEqualTo(unlinked.id());
        assertThat(managed()).contains(id, unlinked.id());
        assertThat(service.get("/accounts/" + account + "/scim")
                        .json()
                        .path("recentErrors")
                        .findValues("user"))
                .extracting(user -> user.path("id").asText())
                .doesNotContain(unlinked.id());

        scim.post("/Users", entraUser(name(), UUID.randomUUID().toString()));
        JsonNode first = scim.get("/Users?startIndex=1&count=1").json();
        JsonNode second = scim.get("/Users?startIndex=2&count=1").json();
        assertThat(first.path("itemsPerPage").asInt()).isEqualTo(1);
        assertThat(first.path("totalResults").asInt()).isGreaterThan(1);
        assertThat(second.at("/Resources/0/id")).isNotEqualTo(first.at("/Resources/0/id"));
        assertThat(scim.get("/Users?count=0").json().path("totalResults").asInt())
                .isGreaterThan(1);
        JsonNode few =
                scim.get("/Users/" + id + "?attributes=userName,name.givenName").json();
        assertThat(few.toString()).contains("givenName", "userName").doesNotContain("familyName", "emails");
        String version = scim.get("/Users/" + id).header("ETag").orElseThrow();
        assertThat(scim.send("GET", "/Users/" + id, null, "If-None-Match", version)
                        .status())
                .isEqualTo(304);
        assertThat(scim.send("GET", "/Users/" + id, null, "If-None-Match", "*").status())
                .isEqualTo(304);
        assertThat(scim.send("GET", "/Users/" + id, null, "If-None-Match", "\"other\"")
                        .status())
                .isEqualTo(200);
        assertThat(scim.get("/Users/" + id + "?excludedAttributes=emails").text())
                .doesNotContain("\"emails\"");

        for (String wrong : List.of("userName co \"a\"", "userName eq", "title eq \"x\"", "not (userName eq \"x\")")) {
            Answer refused = scim.get("/Users?filter=" + encoded(wrong));
            assertThat(refused.status()).as(wrong).isEqualTo(400);
            assertThat(refused.json().path("scimType").asText()).isEqualTo("invalidFilter");
        }
    }

    @Test
    void invalidRequestsAreRefusedWithAMessageAndShownToTheAdmins() {
        String id = scim.post("/Users", entraUser(name(), UUID.randomUUID().toString()))
                .json()
                .path("id")
                .asText();
        refused("POST", "/Users", "no json", "invalidSyntax");
        refused("POST", "/Users", "[]", "invalidSyntax");
        refused("POST", "/Users", "{} {}", "invalidSyntax");
        refused(
                "POST",
                "/Users",
                "{\"userName\":\"one@test.example\",\"userName\":\"two@test.example\"}",
                "invalidSyntax");
        refused("POST", "/Users", "{\"userName\":\"not an address\",\"name\":{\"givenName\":\"A\"}}", "invalidValue");
        refused("POST", "/Users", "{\"name\":{\"givenName\":\"A\"}}", "invalidValue");
        refused("POST", "/Users", "{\"userName\":7}", "invalidValue");
        refused("PATCH", "/Users/" + id, message(op("move", "active", "true")), "invalidSyntax");
        refused("PATCH", "/Users/" + id, message(op("replace", "active", "\"maybe\"")), "invalidValue");
        refused("PATCH", "/Users/" + id, message(op("replace", "name[", "\"x\"")), "invalidPath");
        refused("PATCH", "/Users/" + id, message(op("replace", "id", "\"x\"")), "mutability");
        refused(
                "PATCH",
                "/Users/" + id,
                message(op("replace", EXTENSION + ":role", "\"account-admin\"")),
                "mutability");
        refused("PATCH", "/Users/" + id, message(op("add", EXTENSION + ":companies", "[\"three\"]")), "invalidValue");
        refused("PATCH", "/Users/" + id, message("{\"op\":\"remove\"}"), "noTarget");
        refused("PATCH", "/Users/" + id, "{\"Operations\":[]}", "invalidSyntax");

        JsonNode errors = service.get("/accounts/" + account + "/scim").json().path("recentErrors");
        assertThat(errors).hasSize(10);
        assertThat(errors.get(0).path("status").asInt()).isEqualTo(400);
        assertThat(errors.get(0).path("message").asText()).isNotBlank();
        assertThat(errors.get(0).path("call").asText()).startsWith("PATCH Users/");

        // A repeated failure does not displace the others.
        scim.get("/Users/none");
        scim.get("/Users/none");
        JsonNode repeated = service.get("/accounts/" + account + "/scim").json().path("recentErrors");
        assertThat(repeated.findValuesAsText("call"))
                .filteredOn("GET Users/none"::equals)
                .hasSize(1);
        assertThat(repeated.get(1)).isEqualTo(errors.get(0));
    }

    @Test
    void anErrorInAFilterDoesNotShowWhereTheParserStopped() {
        Answer refused = scim.get("/Users?filter=" + encoded("userName eq 'a'"));

        assertThat(refused.json().path("scimType").asText()).isEqualTo("invalidFilter");
        assertThat(refused.json().path("detail").asText()).isNotBlank().doesNotContain("Source", "line:");
    }

    /** Not by the names of the same fields in Keycloak's User Profile. */
    @ParameterizedTest
    @CsvSource({
        "userName, '{\"userName\":\"no address\"}'",
        "emails, '{\"userName\":\"%s\",\"emails\":[{\"value\":\"no address\"}]}'",
        "name.givenName, '{\"userName\":\"%s\",\"name\":{\"givenName\":\"<b>\"}}'",
        "name.familyName, '{\"userName\":\"%s\",\"name\":{\"familyName\":7}}'",
        "externalId, '{\"userName\":\"%s\",\"externalid\":7}'"
    })
    void errorsNameTheAttributesOfScim(String attribute, String body) {
        Answer refused = scim.post("/Users", body.formatted(name()));

        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.json().path("scimType").asText()).isEqualTo("invalidValue");
        assertThat(refused.json().path("detail").asText()).startsWith(attribute + ": ");
        assertThat(newestError().path("message").asText()).startsWith(attribute + ": ");
    }

    @ParameterizedTest
    @CsvSource({
        "/Users?filter=userName+eq+%22a%00b%22, invalidFilter",
        "/Users?count=%00, invalidValue",
        "/Users/none?attributes=%00, invalidValue"
    })
    void aQueryWithAControlCharacterIsAnsweredWithAnError(String path, String scimType) {
        Answer refused = scim.get(path);

        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/scim+json"));
        assertThat(refused.json().path("scimType").asText()).as(refused.text()).isEqualTo(scimType);
    }

    @ParameterizedTest
    @CsvSource({
        "PATCH, /ServiceProviderConfig, 'GET, HEAD'",
        "DELETE, /Users, 'GET, HEAD, POST'",
        "PUT, /Users, 'GET, HEAD, POST'",
        "POST, /Users/none, 'DELETE, GET, HEAD, PATCH, PUT'"
    })
    void anUnknownMethodIsAnsweredWithTheAllowedMethods(String method, String path, String allowed) {
        Answer answer = scim.send(method, path, "{}", "Content-Type", "application/scim+json");

        assertThat(answer.status()).as(answer.text()).isEqualTo(405);
        assertThat(answer.header("Allow")).contains(allowed);
        assertThat(answer.header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/scim+json"));
        assertThat(answer.json().path("schemas").get(0).asText()).endsWith("messages:2.0:Error");
        assertThat(answer.json().path("status").asText()).isEqualTo("405");
        assertThat(answer.json().path("detail").asText()).contains(method);
        assertThat(scim.send(method, "/Groups", "{}", "Content-Type", "application/scim+json")
                        .status())
                .as("a path that does not exist")
                .isEqualTo(404);
        assertThat(Directories.scim(account, null).send(method, path, "{}").status())
                .as("without a token")
                .isEqualTo(401);
    }

    @Test
    void onlyTheDirectoryChangesTheNamesOfALinkedUser() {
        Person person = BED.people().create(account, "user", "one");
        events.ready(Events.WISE_SYNC, person.id());
        String user = users + person.id();
        String externalId = UUID.randomUUID().toString();
        assertThat(service.put(user + "/scim-link", Map.of("externalId", externalId))
                        .status())
                .isEqualTo(204);
        assertThat(find("externalId eq \"" + externalId + "\"")
                        .at("/Resources/0/id")
                        .asText())
                .isEqualTo(person.id());

        Answer renamed = service.put(user, edit(person, "Other", List.of("one")));
        assertThat(renamed.status()).isEqualTo(403);
        assertThat(renamed.json().path("key").asText()).isEqualTo("wiseSyncManagedByDirectory");
        Answer assigned = service.put(user, edit(person, "Test", List.of("one", "two")));
        assertThat(assigned.status()).as(assigned.text()).isEqualTo(200);

        // A user who was disabled by someone else stays disabled.
        service.post(user + "/disable", null);
        assertThat(patch(person.id(), op("replace", "active", "true"))
                        .json()
                        .path("active")
                        .asBoolean())
                .isFalse();
        service.post(user + "/enable", null);
        events.ready(Events.WISE_SYNC, person.id());

        String changed = name();
        Answer moved = patch(
                person.id(),
                op("Replace", "emails[type eq \\\"work\\\"].value", "\"" + changed + "\"") + ","
                        + op("Replace", "userName", "\"" + changed + "\""));
        assertThat(moved.status()).as(moved.text()).isEqualTo(200);
        assertThat(moved.json().path("userName").asText()).isEqualTo(changed);
        JsonNode renamedEvent = reported(person.id(), "user.updated");
        assertThat(renamedEvent.at("/user/username").asText()).isEqualTo(changed);
        assertThat(renamedEvent.at("/user/emailVerified").asBoolean()).isFalse();
        assertThat(BED.realm().users().get(person.id()).toRepresentation().isEmailVerified())
                .isFalse();

        Answer unchanged = scim.put("/Users/" + person.id(), moved.text());
        assertThat(unchanged.status()).isEqualTo(200);
        assertThat(unchanged.json()).isEqualTo(moved.json());

        // Another account-admin remains, so that this is no matter of the last one.
        Person admin = BED.people().create(account, "account-admin");
        service.put(user, edit(person, "Test", List.of(), "account-admin"));
        for (Answer refused :
                List.of(patch(person.id(), op("replace", "active", "false")), scim.delete("/Users/" + person.id()))) {
            assertThat(refused.status()).as(refused.text()).isEqualTo(403);
            assertThat(refused.json().path("detail").asText()).contains("more rights than a directory can manage");
        }
        JsonNode promoted = service.get(user).json();
        assertThat(promoted.path("managedBy").isTextual())
                .as(promoted.toString())
                .isFalse();
        assertThat(service.get(users + "?managedBy=scim").json().findValuesAsText("id"))
                .doesNotContain(person.id());
        Answer correctedAsAdmin = service.put(user, edit(person, "Corrected", List.of(), "account-admin"));
        assertThat(correctedAsAdmin.status()).as(correctedAsAdmin.text()).isEqualTo(200);
        service.put(user, edit(person, "Test", List.of("one")));
        assertThat(service.put(users + admin.id() + "/scim-link", Map.of("externalId", "a"))
                        .status())
                .isEqualTo(403);
        assertThat(service.delete(user + "/scim-link").status()).isEqualTo(204);
        assertThat(scim.get("/Users/" + person.id()).status()).isEqualTo(404);
        assertThat(service.get(user).json().path("enabled").asBoolean()).isTrue();
    }

    @Test
    void theDirectoryDoesNotEnableAUserWhoWasEnabledAndDisabledBySomeoneElse() {
        String disabled = newUser(name());
        patch(disabled, op("replace", "active", "false"));
        UserRepresentation stored = BED.realm().users().get(disabled).toRepresentation();
        stored.setEnabled(true);
        BED.realm().users().get(disabled).update(stored);
        service.post(users + disabled + "/disable", null);
        Answer patched = patch(disabled, op("replace", "active", "true"));
        assertThat(patched.status()).as(patched.text()).isEqualTo(200);
        assertThat(patched.json().path("active").asBoolean()).isFalse();

        String name = name();
        String deleted = newUser(name);
        assertThat(scim.delete("/Users/" + deleted).status()).isEqualTo(204);
        service.post(users + deleted + "/enable", null);
        service.post(users + deleted + "/disable", null);
        Answer restored = scim.post("/Users", entraUser(name, "restored"));
        assertThat(restored.status()).as(restored.text()).isEqualTo(201);
        assertThat(restored.json().path("id").asText()).isEqualTo(deleted);
        assertThat(restored.json().path("active").asBoolean()).isFalse();
        assertThat(service.get(users + deleted).json().path("enabled").asBoolean())
                .isFalse();
    }

    @Test
    void theDirectoryDoesNotEnableAUserWhomAnAdminDisabledToo() {
        String disabled = newUser(name());
        patch(disabled, op("replace", "active", "false"));
        assertThat(service.post(users + disabled + "/disable", null).status()).isEqualTo(204);
        assertThat(patch(disabled, op("replace", "active", "true"))
                        .json()
                        .path("active")
                        .asBoolean())
                .isFalse();

        // A call that changes nothing is no activity.
        assertThat(service.post(users + disabled + "/disable", null).status()).isEqualTo(204);
        JsonNode activity = service.get("/accounts/" + account + "/activity?user=" + disabled)
                .json();
        assertThat(activity.findValuesAsText("what")).containsExactly("disabled", "disabled", "created");
        assertThat(activity.findValuesAsText("byDirectory")).containsExactly("false", "true", "true");

        String name = name();
        String deleted = newUser(name);
        scim.delete("/Users/" + deleted);
        Map<String, Object> order = Map.of("action", "disable", "users", List.of(deleted));
        assertThat(service.post(users + "bulk", order).status()).isEqualTo(200);
        assertThat(service.get(users + deleted + "/activity").json().findValuesAsText("what"))
                .containsExactly("disabled", "disabled", "created");
        Answer restored = scim.post("/Users", entraUser(name, "restored"));
        assertThat(restored.json().path("id").asText()).isEqualTo(deleted);
        assertThat(restored.json().path("active").asBoolean()).isFalse();

        service.post(users + disabled + "/enable", null);
        assertThat(patch(disabled, op("replace", "active", "false"))
                        .json()
                        .path("active")
                        .asBoolean())
                .isFalse();
        assertThat(patch(disabled, op("replace", "active", "true"))
                        .json()
                        .path("active")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void theDirectoryOfAnotherAccountDoesNotManageAUserWhoMovesThere() {
        String other = BED.people().account("autotask", "one");
        Api directory = Directories.connected(other);
        String moved = newUser(name());
        String name = name();
        String removed = newUser(name);
        scim.delete("/Users/" + removed);
        for (String id : List.of(moved, removed)) {
            BED.people().move(id, account, other);

            assertThat(directory.get("/Users/" + id).status()).isEqualTo(404);
            assertThat(service.get("/accounts/" + other + "/users/" + id).json().has("managedBy"))
                    .isFalse();
        }
        assertThat(directory.get("/Users").json().path("totalResults").asInt()).isZero();
        assertThat(directory.post("/Users", entraUser(name, "restored")).status())
                .isEqualTo(409);
    }

    @Test
    void aDeletedAccountLeavesNoLink() {
        String deleted = BED.people().account("autotask", "one");
        Api directory = Directories.connected(deleted);
        List<String> ids = List.of(name(), name()).stream()
                .map(name -> directory.post("/Users", entraUser(name, name)))
                .map(created -> created.json().path("id").asText())
                .toList();

        assertThat(BED.realm().organizations().get(deleted).delete().getStatus())
                .isEqualTo(204);

        for (String id : ids) {
            BED.people().join(id, account);
            assertThat(scim.get("/Users/" + id).status()).isEqualTo(404);
            assertThat(service.get(users + id).json().has("managedBy")).isFalse();
        }
    }

    @Test
    void anImportedUserWithoutAnEmailCanBeDisabled() {
        UserRepresentation incomplete = People.newUser("imported-" + UUID.randomUUID());
        incomplete.setEmail(null);
        incomplete.setEmailVerified(false);
        incomplete.setRealmRoles(List.of("user"));
        String id = BED.people().imported(incomplete).id();
        BED.people().join(id, account);
        assertThat(service.put(users + id + "/scim-link", Map.of()).status()).isEqualTo(204);
        assertThat(scim.get("/Users/" + id).json().path("emails")).isEmpty();

        Answer disabled = patch(id, op("replace", "active", "false"));

        assertThat(disabled.status()).as(disabled.text()).isEqualTo(200);
        assertThat(disabled.json().path("active").asBoolean()).isFalse();
        assertThat(service.get(users + id).json().path("enabled").asBoolean()).isFalse();
    }

    /** A merchant-user has no companies, and the directory may map some nevertheless. */
    @Test
    void mappedCompaniesOfARoleWithoutCompaniesChangeNothing() {
        Person person = BED.people().create(account, "merchant-user");
        service.put(users + person.id() + "/scim-link", Map.of());
        String companies = op("replace", EXTENSION + ":companies", "[\"one\"]");
        Answer first = patch(person.id(), companies);
        assertThat(first.status()).as(first.text()).isEqualTo(200);

        Answer second = patch(person.id(), companies);

        assertThat(second.json()).isEqualTo(first.json());
        assertThat(second.json().path(EXTENSION).path("companies")).isEmpty();
    }

    /** The username here is not the one in the directory, but the email is. */
    @Test
    void anExistingUserWithAnotherUsernameIsLinkedByTheIdInTheDirectory() {
        Person person = BED.people().create(account, "user", "one");
        String email = person.username();
        Map<String, Object> renamed = edit(person, "Test", List.of("one"));
        renamed.put("username", name());
        Answer edited = service.put(users + person.id(), renamed);
        assertThat(edited.status()).as(edited.text()).isEqualTo(200);
        String externalId = UUID.randomUUID().toString();

        // Without an id, the directory would not find the user after it was linked.
        String anonymous = "{\"userName\":\"%s\",\"name\":{\"givenName\":\"A\"}}".formatted(email);
        assertThat(scim.post("/Users", anonymous).status()).isEqualTo(409);
        assertThat(newestError().has("user")).isFalse();
        assertThat(scim.post("/Users", entraUser(email, externalId)).status()).isEqualTo(409);
        JsonNode offered = newestError();
        assertThat(offered.at("/user/id").asText()).isEqualTo(person.id());
        assertThat(service.put(
                                users + person.id() + "/scim-link",
                                Map.of("externalId", offered.path("externalId").asText()))
                        .status())
                .isEqualTo(204);

        assertThat(find("userName eq \"" + email + "\"").path("totalResults").asInt())
                .isZero();
        Answer created = scim.post("/Users", entraUser(email, externalId));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        assertThat(created.json().path("id").asText()).isEqualTo(person.id());
        assertThat(created.json().path("userName").asText()).isEqualTo(email);
        assertThat(created.json().path(EXTENSION).path("companies").toString()).isEqualTo("[\"one\"]");
        assertThat(scim.post("/Users", entraUser(email, externalId)).status()).isEqualTo(409);
        createsAnother(person.id(), externalId);
    }

    /** Microsoft Entra ID sends the mail nickname by default, which two users can share. */
    @Test
    void aUserWithTheExternalIdOfAnotherOneIsCreated() {
        String externalId = "nickname-" + UUID.randomUUID();
        String first = scim.post("/Users", entraUser(name(), externalId))
                .json()
                .path("id")
                .asText();
        createsAnother(first, externalId);

        // A change that changes nothing also shows that the directory has found the linked user.
        Person person = BED.people().create(account, "user", "one");
        String linkedId = UUID.randomUUID().toString();
        service.put(users + person.id() + "/scim-link", Map.of("externalId", linkedId));
        Answer found = patch(person.id(), op("replace", "externalId", "\"" + linkedId + "\""));
        assertThat(found.status()).as(found.text()).isEqualTo(200);
        createsAnother(person.id(), linkedId);
    }

    /** In the form that Microsoft Entra ID gives to texts of booleans. */
    @Test
    void aPathChoosesThePrimaryEmailByAText() {
        String id = newUser(name());
        String changed = name();

        Answer answer = patch(id, op("Replace", "emails[primary eq \\\"True\\\"].value", "\"" + changed + "\""));

        assertThat(answer.json().at("/emails/0/value").asText())
                .as(answer.text())
                .isEqualTo(changed);
    }

    private String newUser(String name) {
        Answer created = scim.post("/Users", entraUser(name, UUID.randomUUID().toString()));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        return created.json().path("id").asText();
    }

    /** Requires that a creation with the external id of a user leaves this user as it is. */
    private void createsAnother(String userId, String externalId) {
        String before = scim.get("/Users/" + userId).json().path("userName").asText();
        String name = name();
        Answer other = scim.post("/Users", entraUser(name, externalId));
        assertThat(other.status()).as(other.text()).isEqualTo(201);
        assertThat(other.json().path("userName").asText()).isEqualTo(name);
        assertThat(other.json().path("id").asText()).isNotEqualTo(userId);
        assertThat(scim.get("/Users/" + userId).json().path("userName").asText())
                .isEqualTo(before);
        assertThat(find("externalId eq \"" + externalId + "\"")
                        .path("totalResults")
                        .asInt())
                .isEqualTo(2);
    }

    /** A former account-admin is now managed by the directory, with the token that they created. */
    @Test
    void changesAreThoseOfTheDirectoryAndNotOfTheCreatorOfItsToken() {
        String other = BED.people().account("autotask", "one");
        // Has logged in, so that the creator may lose the role.
        BED.logIn(BED.people().create(other, "account-admin"), Application.CONSOLE);
        Person creator = BED.people().create(other, "account-admin");
        String secret = BED.api(creator)
                .post("/accounts/" + other + "/scim/tokens", null)
                .json()
                .path("secret")
                .asText();
        String user = "/accounts/" + other + "/users/" + creator.id();
        Answer demoted = service.put(user, edit(creator, "Test", List.of("one")));
        assertThat(demoted.status()).as(demoted.text()).isEqualTo(200);
        assertThat(service.put(user + "/scim-link", Map.of()).status()).isEqualTo(204);

        Answer changed = Directories.scim(other, secret)
                .send(
                        "PATCH",
                        "/Users/" + creator.id(),
                        message(op("replace", "userName", "\"" + name() + "\"")),
                        "Content-Type",
                        "application/scim+json");

        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        String log = "/accounts/" + other + "/activity?kind=changed&user=" + creator.id();
        JsonNode entries = service.get(log).json();
        assertThat(entries.at("/0/byDirectory").asBoolean()).isTrue();
        assertThat(entries.at("/0").has("by")).isFalse();
        assertThat(entries.at("/1/byDirectory").asBoolean()).isFalse();
        assertThat(service.send("GET", log, null, "Accept", "text/csv").text()).contains(",\"Directory (SCIM)\",");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"op\":\"Remove\",\"path\":\"%s:companies\"}",
                "{\"op\":\"replace\",\"path\":\"%s:companies\",\"value\":[]}",
                "{\"op\":\"Remove\",\"path\":\"%s:companies[value eq \\\"one\\\"]\"}",
                "{\"op\":\"replace\",\"value\":{\"%s\":{\"companies\":[]}}}"
            })
    void theDirectoryRemovesTheLastCompany(String operation) {
        String id = newUser(name());
        patch(id, op("add", EXTENSION + ":companies", "[\"one\"]"));
        events.ready(Events.WISE_SYNC, id);

        Answer removed = patch(id, operation.formatted(EXTENSION));

        assertThat(removed.status()).as(removed.text()).isEqualTo(200);
        assertThat(removed.json().path(EXTENSION).path("companies")).isEmpty();
        assertThat(service.get(users + id).json().path("companies")).isEmpty();
        assertThat(reported(id, "user.disabled").at("/user/companies")).isEmpty();
    }

    @Test
    void theDirectoryCannotSetCompaniesThatTheAccountSets() {
        String other = BED.people().account("autotask", "one", "two");
        service.put("/accounts/" + other + "/scim", Map.of("defaultCompanies", List.of("two")));
        Api directory = Directories.connected(other);
        String name = name();

        JsonNode created = directory.post("/Users", oktaUser(name)).json();

        assertThat(created.path(EXTENSION).path("companies").toString()).isEqualTo("[\"two\"]");
        JsonNode event = reported(created.path("id").asText(), "user.created");
        assertThat(event.at("/user/enabled").asBoolean()).isTrue();
        assertThat(event.at("/user/companies").toString()).isEqualTo("[\"two\"]");
        assertThat(BED.mailbox().take(name).subject()).isNotBlank();
        Answer assigned = directory.send(
                "PATCH",
                "/Users/" + created.path("id").asText(),
                message(op("add", EXTENSION + ":companies", "[\"one\"]")),
                "Content-Type",
                "application/scim+json");
        assertThat(assigned.status()).isEqualTo(400);
        assertThat(assigned.json().path("scimType").asText()).isEqualTo("mutability");
        ObjectNode whole = (ObjectNode)
                directory.get("/Users/" + created.path("id").asText()).json();
        whole.withObject("/" + EXTENSION.replace("/", "~1"))
                .putArray("companies")
                .add("one");
        Answer replaced = directory.put(
                "/Users/" + created.path("id").asText(),
                whole.put("active", false).toString());
        assertThat(replaced.json().path("active").asBoolean(true))
                .as(replaced.text())
                .isFalse();
        assertThat(replaced.json().path(EXTENSION).path("companies").toString()).isEqualTo("[\"two\"]");
        directory.put(
                "/Users/" + created.path("id").asText(),
                whole.put("active", true).toString());
        // Okta deactivates with a PATCH that has no path.
        Answer deactivated = directory.send(
                "PATCH",
                "/Users/" + created.path("id").asText(),
                message("{\"op\":\"replace\",\"value\":{\"active\":false}}"),
                "Content-Type",
                "application/scim+json; charset=utf-8");
        assertThat(deactivated.json().path("active").asBoolean()).isFalse();
    }

    /** Waits until the application has received exactly these events about the user; returns the last one. */
    private JsonNode reported(String user, String... types) {
        return events.await(Events.WISE_SYNC, user, types);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "invalid", "a/b/c"})
    void anUnsupportedMediaTypeIsAnsweredWithAnError(String type) {
        Answer answer = scim.send("POST", "/Users", "{}", "Content-Type", type);

        assertThat(answer.status()).as(answer.text()).isEqualTo(415);
        assertThat(answer.header("Content-Type")).contains("application/scim+json");
        assertThat(answer.json().path("status").asText()).isEqualTo("415");
    }

    private void refused(String method, String path, String body, String scimType) {
        Answer refused = scim.send(method, path, body, "Content-Type", "application/scim+json");
        assertThat(refused.status()).as(body + refused.text()).isEqualTo(400);
        assertThat(refused.json().path("scimType").asText()).as(body).isEqualTo(scimType);
        assertThat(refused.json().path("detail").asText()).isNotBlank();
    }

    private JsonNode newestError() {
        return service.get("/accounts/" + account + "/scim").json().at("/recentErrors/0");
    }

    private JsonNode find(String filter) {
        return scim.get("/Users?filter=" + encoded(filter)).json();
    }

    private Answer patch(String id, String operations) {
        return scim.send("PATCH", "/Users/" + id, message(operations), "Content-Type", "application/scim+json");
    }

    private static String message(String operations) {
        return "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":[" + operations + "]}";
    }

    private static String op(String op, String path, String value) {
        return "{\"op\":\"" + op + "\",\"path\":\"" + path + "\",\"value\":" + value + "}";
    }

    /** As Microsoft Entra ID sends it, with the attributes of its default mapping. */
    private static String entraUser(String name, String externalId) {
        return """
                {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User",
                  "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
                 "externalId":"%2$s","userName":"%1$s","active":true,"displayName":"New Comer",
                 "emails":[{"primary":true,"type":"work","value":"%1$s"}],
                 "meta":{"resourceType":"User"},
                 "name":{"formatted":"New Comer","familyName":"Comer","givenName":"New"},
                 "password":"Never-stored-1",
                 "phoneNumbers":[{"type":"mobile","value":"+61 400 000 000"}],
                 "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"Sales"}}""".formatted(name, externalId);
    }

    /** As Okta sends it. */
    private static String oktaUser(String name) {
        return """
                {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"%1$s",
                 "name":{"givenName":"Test","familyName":"User"},
                 "emails":[{"primary":true,"value":"%1$s","type":"work"}],
                 "displayName":"Test User","locale":"en-US","externalId":"00ujl29u0le5T6Aj10h7",
                 "groups":[],"password":"1mz050nq","active":true}""".formatted(name);
    }

    /** The ids of the users that the list of the admin API shows as managed by the directory. */
    private List<String> managed() {
        return service.get("/accounts/" + account + "/users?managedBy=scim&max=100")
                .json()
                .path("users")
                .findValuesAsText("id");
    }

    private static Map<String, Object> edit(Person person, String firstName, List<String> companies) {
        return edit(person, firstName, companies, "user");
    }

    private static Map<String, Object> edit(Person person, String firstName, List<String> companies, String role) {
        var stored = BED.realm().users().get(person.id()).toRepresentation();
        Map<String, Object> edit = new HashMap<>();
        edit.put("role", role);
        edit.put("companies", companies);
        edit.put("firstName", firstName.equals("Test") ? stored.getFirstName() : firstName);
        edit.put("lastName", Optional.ofNullable(stored.getLastName()).orElse(""));
        edit.put("email", stored.getEmail());
        edit.put("username", stored.getUsername());
        return edit;
    }

    private static String name() {
        return "scim-" + UUID.randomUUID() + "@test.example";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
