package com.wisesync.keycloak.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.OrganizationRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/**
 * Every call of the OpenAPI file with odd values in it, by an account-admin who also tries another account's ids, and by staff on
 * the first account only. Whatever is sent, nothing breaks, and the other account neither shows nor changes.
 */
class FuzzIT {

    private static final String NEIGHBOUR = "Neighbour";

    private final Testbed testbed = Testbed.get();

    @Test
    void odd_input_breaks_nothing_and_reaches_nobody_else() throws IOException {
        fuzz(1_000);
    }

    @Test
    @Tag("full")
    void a_lot_of_odd_input_breaks_nothing_and_reaches_nobody_else() throws IOException {
        fuzz(20_000);
    }

    private void fuzz(int requests) throws IOException {
        long seed = Long.getLong("fuzz.seed", System.nanoTime());
        Random random = new Random(seed);
        OddValues odd = new OddValues(random);
        String own = testbed.people().account("autotask", "one", "two");
        String foreign = testbed.people().account("autotask", "one");
        Api admin = testbed.api(testbed.people().in(own, "account-admin"));
        Person target = testbed.people().in(own, "user", "one");
        Person neighbour = neighbour(foreign);
        String before = snapshot(foreign, neighbour);
        List<Operation> operations = Operation.all();

        for (int i = 0; i < requests; i++) {
            Operation operation = operations.get(random.nextInt(operations.size()));
            boolean staff = random.nextInt(4) == 0;
            boolean abroad = !staff && random.nextInt(3) == 0;
            String path = path(operation, random, odd, abroad ? foreign : own, abroad ? neighbour : target);
            Api api = staff ? testbed.serviceApi() : admin;

            Answer answer = api.send(
                    operation.method(),
                    path,
                    operation.body(random, odd),
                    "Content-Type",
                    operation.id().equals("importUsers") ? "text/csv" : "application/json");

            String which = "seed %d, request %d, %s %s".formatted(seed, i, operation.id(), path);
            assertThat(answer.status()).as("%s: %s", which, answer.text()).isLessThan(500);
            assertThat(answer.text()).as(which).doesNotContain("Exception", "\tat org.", "SQL");
            if (!staff) {
                assertThat(answer.text()).as(which).doesNotContain(neighbour.username(), NEIGHBOUR);
            }
            if (operation.id().equals("updateAccount") && answer.status() == 200) {
                // Or most of the rest would only meet a disabled account.
                testbed.serviceApi().put("/accounts/" + own, Map.of("name", "Fuzz " + own, "psa", "autotask"));
            }
        }

        assertThat(snapshot(foreign, neighbour)).as("seed %d", seed).isEqualTo(before);
    }

    private String path(Operation operation, Random random, OddValues odd, String account, Person user) {
        String path = operation
                .path()
                .replace("{account}", random.nextInt(15) == 0 ? encoded(odd.text()) : account)
                .replace("{user}", random.nextInt(15) == 0 ? encoded(odd.text()) : user.id())
                .replace("{company}", random.nextInt(4) == 0 ? encoded(odd.text()) : "three")
                .replace("{deactivation}", encoded(odd.text()));
        StringBuilder query = new StringBuilder();
        for (String name : operation.queries()) {
            if (random.nextInt(3) == 0) {
                query.append(query.isEmpty() ? '?' : '&')
                        .append(name)
                        .append('=')
                        .append(encoded(odd.text()));
            }
        }
        return path + query;
    }

    /** A path or query longer than a server takes tells nothing of ours. */
    private static String encoded(String text) {
        String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
        return encoded.isBlank() || encoded.length() > 2_000 ? "odd" : encoded;
    }

    private Person neighbour(String account) {
        Person person =
                testbed.people().called("neighbour-" + UUID.randomUUID() + "@test.example", account, "user", "one");
        UserRepresentation now = testbed.realm().users().get(person.id()).toRepresentation();
        now.setLastName(NEIGHBOUR);
        testbed.realm().users().get(person.id()).update(now);
        return person;
    }

    /** All that could have been done to the other account. */
    private String snapshot(String account, Person person) {
        OrganizationRepresentation organization =
                testbed.realm().organizations().get(account).toRepresentation();
        UserRepresentation user = testbed.realm().users().get(person.id()).toRepresentation();
        List<String> credentials = testbed.realm().users().get(person.id()).credentials().stream()
                .map(CredentialRepresentation::getId)
                .toList();
        return List.of(
                        organization.getName(),
                        organization.isEnabled(),
                        organization.getAttributes(),
                        testbed.realm().organizations().get(account).members().count(),
                        user.getUsername(),
                        user.getEmail(),
                        user.getFirstName(),
                        user.getLastName(),
                        user.isEnabled(),
                        user.getAttributes(),
                        user.getRequiredActions(),
                        credentials)
                .toString();
    }
}
