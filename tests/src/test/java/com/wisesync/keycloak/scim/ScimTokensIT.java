package com.wisesync.keycloak.scim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.OrganizationRepresentation;

/** SCIM tokens: authentication, and the details shown about them. */
class ScimTokensIT {

    private static final Testbed BED = Testbed.get();

    private final String account = BED.people().account("autotask", "one", "two");
    private final String path = "/accounts/" + account + "/scim";
    private final Person admin = BED.people().create(account, "account-admin");
    private final Api api = BED.api(admin);

    @Test
    void aTokenIsShownOnceAndOpensItsOwnAccountUntilItIsRevoked() {
        Answer created = api.post(path + "/tokens", null);
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        String secret = created.json().path("secret").asText();
        String id = created.json().path("id").asText();
        assertThat(BED.mailbox().take(admin.username()).subject()).contains("SCIM token");

        Api scim = Directories.scim(account, secret);
        Answer config = scim.get("/ServiceProviderConfig");
        assertThat(config.status()).as(config.text()).isEqualTo(200);
        assertThat(config.header("Content-Type")).contains("application/scim+json");
        assertThat(config.json().at("/patch/supported").asBoolean()).isTrue();
        assertThat(config.json().at("/bulk/supported").asBoolean()).isFalse();
        assertThat(scim.get("/ResourceTypes").json().at("/Resources/0/endpoint").asText())
                .isEqualTo("/Users");
        JsonNode schemas = scim.get("/Schemas").json();
        assertThat(schemas.path("totalResults").asInt()).isEqualTo(2);
        assertThat(scim.get("/Schemas/" + schemas.at("/Resources/1/id").asText())
                        .json())
                .isEqualTo(schemas.at("/Resources/1"));

        Answer read = api.get(path);
        assertThat(read.text()).doesNotContain(secret);
        JsonNode token = read.json().at("/tokens/0");
        assertThat(token.path("id").asText()).isEqualTo(id);
        assertThat(token.at("/createdBy/username").asText()).isEqualTo(admin.username());
        assertThat(token.path("creatorHasAccess").asBoolean()).isTrue();
        assertThat(token.path("lastUsed").asText()).isNotBlank();
        assertThat(read.json().path("url").asText()).endsWith("/wise-sync/scim/v2/" + account);

        String other = BED.people().account("autotask", "one");
        for (Api stranger : List.of(
                Directories.scim(account, secret + "x"),
                Directories.scim(account, null),
                Directories.scim(account, BED.serviceToken()),
                Directories.scim(other, secret),
                Directories.scim("00000000-0000-4000-8000-000000000000", secret))) {
            for (String call : List.of("/Users", "/ServiceProviderConfig", "/nothing", "/Users/1/2/3")) {
                Answer refused = stranger.get(call);
                assertThat(refused.status()).as(call + refused.text()).isEqualTo(401);
                assertThat(refused.header("WWW-Authenticate").orElseThrow()).startsWith("Bearer realm=");
                assertThat(refused.header("Content-Type")).contains("application/scim+json");
                assertThat(refused.json().path("status").asText()).isEqualTo("401");
            }
        }
        disabled(true);
        assertThat(scim.get("/ServiceProviderConfig").status()).isEqualTo(401);
        disabled(false);
        assertThat(scim.get("/nothing").status()).isEqualTo(404);
        assertThat(scim.get("/nothing").header("Content-Type")).contains("application/scim+json");

        // Disabling the account has ended the session of its admin.
        Api service = BED.serviceApi();
        assertThat(service.delete(path + "/tokens/" + id).status()).isEqualTo(204);
        assertThat(scim.get("/ServiceProviderConfig").status()).isEqualTo(401);
        assertThat(service.delete(path + "/tokens/" + id).status()).isEqualTo(404);
        assertThat(service.get(path).json().path("tokens")).isEmpty();
        Answer activity = service.get("/accounts/" + account + "/activity");
        assertThat(activity.text()).doesNotContain(secret);
        assertThat(activity.json().findValuesAsText("what")).contains("scim-token-created", "scim-token-revoked");
    }

    @Test
    void anAccountHasAtMostTwoTokensAndItsDefaultCompaniesExist() {
        assertThat(api.post(path + "/tokens", null).status()).isEqualTo(201);
        assertThat(api.post(path + "/tokens", null).status()).isEqualTo(201);
        Answer third = api.post(path + "/tokens", null);
        assertThat(third.status()).isEqualTo(409);
        assertThat(third.json().path("key").asText()).isEqualTo("wiseSyncScimTokenLimit");

        Answer set = api.put(path, Map.of("defaultCompanies", List.of("two", "one")));
        assertThat(set.status()).as(set.text()).isEqualTo(200);
        assertThat(set.json().path("defaultCompanies").toString()).isEqualTo("[\"one\",\"two\"]");
        JsonNode changed = api.get("/accounts/" + account + "/activity?kind=scim-companies-changed")
                .json();
        assertThat(changed).hasSize(1);
        assertThat(changed.at("/0/by/username").asText()).isEqualTo(admin.username());
        assertThat(changed.at("/0/changes/0/field").asText()).isEqualTo("defaultCompanies");
        assertThat(changed.at("/0/changes/0/after").asText()).contains(", ");
        assertThat(api.put(path, Map.of("defaultCompanies", List.of("three"))).status())
                .isEqualTo(400);
        assertThat(api.put(path, Map.of()).status()).isEqualTo(400);
    }

    @Test
    void aTokenOfACreatorWithoutAccessIsMarkedAndStaysValid() {
        Person creator = BED.people().create(account, "account-admin");
        String secret = BED.api(creator)
                .post(path + "/tokens", null)
                .json()
                .path("secret")
                .asText();

        BED.serviceApi().post("/accounts/" + account + "/users/" + creator.id() + "/disable", null);

        JsonNode token = BED.serviceApi().get(path).json().at("/tokens/0");
        assertThat(token.path("creatorHasAccess").asBoolean(true)).isFalse();
        assertThat(token.at("/createdBy/username").asText()).isEqualTo(creator.username());
        assertThat(Directories.scim(account, secret).get("/Users").status()).isEqualTo(200);

        BED.realm().users().delete(creator.id()).close();

        JsonNode left = BED.serviceApi().get(path).json().at("/tokens/0");
        assertThat(left.path("creatorHasAccess").asBoolean(true)).isFalse();
        Api scim = Directories.scim(account, secret);
        Answer created = scim.post("/Users", Map.of("userName", UUID.randomUUID() + "@test.example"));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
    }

    @Test
    void anExpiredTokenIsInvalidAndIsReplacedByANewOne() {
        JsonNode first = api.post(path + "/tokens", null).json();
        assertThat(api.post(path + "/tokens", null).status()).isEqualTo(201);
        Api scim = Directories.scim(account, first.path("secret").asText());
        assertThat(scim.get("/Users").status()).isEqualTo(200);

        OrganizationRepresentation organization =
                BED.realm().organizations().get(account).toRepresentation();
        String attribute = "scim.token." + first.path("id").asText();
        String stored = organization.getAttributes().get(attribute).get(0);
        organization.singleAttribute(
                attribute,
                stored.substring(0, stored.lastIndexOf(' ') + 1) + Instant.now().minusSeconds(1));
        BED.realm().organizations().get(account).update(organization).close();

        assertThat(scim.get("/Users").status()).isEqualTo(401);
        assertThat(api.post(path + "/tokens", null).status()).isEqualTo(201);
        JsonNode tokens = api.get(path).json().path("tokens");
        assertThat(tokens).hasSize(2);
        assertThat(tokens.findValuesAsText("id"))
                .doesNotContain(first.path("id").asText());
    }

    @Test
    @Tag("full")
    void requestsAboveTheLimitAreRefusedWithRetryAfter() {
        Api scim = Directories.connected(account);
        Optional<Answer> refused = IntStream.range(0, 2 * Testbed.SCIM_REQUESTS_PER_MINUTE + 1)
                .mapToObj(i -> scim.get("/ResourceTypes"))
                .filter(answer -> answer.status() != 200)
                .findFirst();
        assertThat(refused).hasValueSatisfying(answer -> {
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.json().path("status").asText()).isEqualTo("429");
            assertThat(Integer.parseInt(answer.header("Retry-After").orElseThrow()))
                    .isBetween(1, 60);
        });
        // Other accounts have a limit of their own.
        Api other = Directories.connected(BED.people().account("autotask", "one"));
        assertThat(other.get("/ResourceTypes").status()).isEqualTo(200);
    }

    @Test
    void aRealmThatHasNotOptedInHasNoScim() {
        Api master = new Api(BED.server().url() + "/realms/master/wise-sync/scim/v2/" + account, () -> "wsscim_x");
        Answer answer = master.get("/Users");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).isPresent();
    }

    private void disabled(boolean disabled) {
        OrganizationRepresentation organization =
                BED.realm().organizations().get(account).toRepresentation();
        organization.setEnabled(!disabled);
        BED.realm().organizations().get(account).update(organization).close();
    }
}
