package com.wisesync.keycloak.autotask;

import static org.assertj.core.api.Assertions.assertThat;

import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.Tokens;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.admin.client.resource.UserResource;
import org.keycloak.representations.idm.AdminEventRepresentation;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.OrganizationRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** The only way to read a stored password, used by services created for this test. */
class StoredPasswordReadIT {

    private static final int READS_PER_MINUTE = 120;

    private final Testbed testbed = Testbed.get();
    private final RealmResource realm = testbed.realm();
    private final String account = testbed.people().account("autotask", "one");
    private final Person person = testbed.people().create(account, "user", "one");
    private final String path = "/accounts/" + account + "/users/" + person.id() + "/autotask-account";
    private String client;

    @BeforeEach
    void store() {
        assertThat(testbed.serviceApi()
                        .put(path, Map.of("username", "one@autotask.example", "password", "secret"))
                        .status())
                .isEqualTo(200);
    }

    @AfterEach
    void forget() {
        realm.clients().get(client).remove();
    }

    @Test
    void reading_requires_only_the_role() {
        Api reader = service("read-autotask-credentials");

        Answer secret = reader.get(path + "/secret");

        assertThat(secret.status()).isEqualTo(200);
        assertThat(secret.header("Cache-Control")).hasValue("no-store");
        assertThat(secret.json().path("password").asText()).isEqualTo("secret");
        assertThat(reader.get(path).status()).isEqualTo(403);
        assertThat(reader.put(path, Map.of("username", "two@autotask.example")).status())
                .isEqualTo(403);
        assertThat(reader.delete(path).status()).isEqualTo(403);
        assertThat(reader.get("/accounts/" + account).status()).isEqualTo(403);
    }

    @Test
    void a_service_without_the_role_is_refused() {
        Answer secret = service("manage-accounts").get(path + "/secret");

        assertThat(secret.status()).isEqualTo(403);
        assertThat(secret.text()).doesNotContain("one@autotask.example");
    }

    @Test
    void a_service_that_lost_the_role_is_refused() {
        Api reader = service("read-autotask-credentials");
        assertThat(reader.get(path + "/secret").status()).isEqualTo(200);

        UserResource self = realm.users()
                .get(realm.clients().get(client).getServiceAccountUser().getId());
        String rights =
                realm.clients().findByClientId("wise-sync-service").get(0).getId();
        self.roles().clientLevel(rights).remove(self.roles().clientLevel(rights).listAll());

        assertThat(reader.get(path + "/secret").status()).isEqualTo(403);
    }

    @Test
    void each_read_is_an_event_with_caller_and_user() {
        Api reader = service("read-autotask-credentials");
        String caller = realm.clients().get(client).getServiceAccountUser().getId();

        reader.get(path + "/secret");
        reader.get(path + "/secret");

        List<AdminEventRepresentation> events = realm.getAdminEvents(
                List.of("ACTION"),
                null,
                null,
                caller,
                null,
                "users/" + person.id() + "/autotask-account/secret",
                null,
                null,
                0,
                10);
        assertThat(events).hasSize(2).allSatisfy(event -> {
            assertThat(event.getAuthDetails().getClientId()).isEqualTo(client);
            assertThat(event.getRepresentation()).doesNotContain("secret", "one@autotask.example");
        });
    }

    /** In parallel, because the limit counts numbered slots; the calls span at most two minutes. */
    @Test
    void reads_are_limited_per_caller_with_a_time_to_wait() {
        Api reader = service("read-autotask-credentials");

        List<Answer> answers = IntStream.range(0, 2 * READS_PER_MINUTE + 1)
                .parallel()
                .mapToObj(read -> reader.get(path + "/secret"))
                .toList();

        assertThat(answers).extracting(Answer::status).containsOnly(200, 429);
        assertThat(with(200, answers).count()).isBetween((long) READS_PER_MINUTE, 2L * READS_PER_MINUTE);
        assertThat(with(429, answers)).isNotEmpty().allSatisfy(refused -> {
            assertThat(Integer.parseInt(refused.header("Retry-After").orElseThrow()))
                    .isBetween(1, 60);
            assertThat(refused.text()).contains("Too many").doesNotContain("one@autotask.example");
        });
        assertThat(testbed.serviceApi().get(path + "/secret").status())
                .as("another caller")
                .isEqualTo(200);
    }

    @Test
    void reading_is_refused_while_the_user_is_disabled() {
        Api reader = service("read-autotask-credentials");

        enabled(false);
        Answer refused = reader.get(path + "/secret");
        enabled(true);

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().path("errorMessage").asText()).isEqualTo("The user is disabled.");
        assertThat(reader.get(path + "/secret").status()).isEqualTo(200);
    }

    @Test
    void reading_is_refused_while_the_account_is_disabled() {
        Api reader = service("read-autotask-credentials");
        OrganizationRepresentation organization =
                realm.organizations().get(account).toRepresentation();
        organization.setEnabled(false);
        realm.organizations().get(account).update(organization).close();

        Answer refused = reader.get(path + "/secret");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().path("errorMessage").asText()).isEqualTo("The account is disabled.");
    }

    private void enabled(boolean enabled) {
        UserRepresentation user = realm.users().get(person.id()).toRepresentation();
        user.setEnabled(enabled);
        realm.users().get(person.id()).update(user);
    }

    private static Stream<Answer> with(int status, List<Answer> answers) {
        return answers.stream().filter(answer -> answer.status() == status);
    }

    /** A service with one role of {@code wise-sync-service}, with one token for the whole test. */
    private Api service(String role) {
        String name = "service-" + UUID.randomUUID();
        ClientRepresentation made = new ClientRepresentation();
        made.setClientId(name);
        made.setSecret(name);
        made.setServiceAccountsEnabled(true);
        made.setStandardFlowEnabled(false);
        realm.clients().create(made).close();
        client = realm.clients().findByClientId(name).get(0).getId();
        testbed.people()
                .grant(realm.clients().get(client).getServiceAccountUser().getId(), "wise-sync-service", role);
        String token = Tokens.ofService(testbed.server(), name, name).access();
        return testbed.api(token);
    }
}
