package com.wisesync.keycloak.wisepay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.resource.OrganizationResource;
import org.keycloak.representations.idm.OrganizationRepresentation;

/** The deactivations that staff see, and how they handle failed ones. */
class DeactivationsIT {

    private final Testbed testbed = Testbed.get();
    private final Api staff = testbed.serviceApi();
    private final String account = testbed.people().account("other", "company");
    private final Person person = testbed.people().create(account, "user", "company");
    private final String user = "/accounts/%s/users/%s".formatted(account, person.id());

    @BeforeEach
    void hasLinks() {
        testbed.wisePay().addOneOfEach(person.id());
    }

    @Test
    void linksAreReadFromWisePay() {
        Answer links = staff.get(user + "/wise-pay-links");

        assertThat(links.status()).as(links.text()).isEqualTo(200);
        assertThat(links.json())
                .hasSize(3)
                .allSatisfy(link -> assertThat(link.path("status").asText()).isEqualTo("active"));
    }

    @Test
    void anUnreachableWisePayIsReported() {
        testbed.wisePay().failNextReads(person.id(), 1, 500);

        Answer links = staff.get(user + "/wise-pay-links");

        assertThat(links.status()).isEqualTo(502);
        assertThat(links.json().path("errorMessage").asText()).contains("Wise-Pay");
    }

    @Test
    void aDeactivationShowsTheDeactivatedLinks() {
        assertThat(staff.post(user + "/disable", null).status()).isEqualTo(204);

        await().until(() -> newest().path("state").asText().equals("delivered"));
        JsonNode shown = newest();
        assertThat(shown.path("type").asText()).isEqualTo("user.disabled");
        assertThat(shown.path("reason").asText()).isEqualTo("admin");
        assertThat(shown.path("attempts").asInt()).isEqualTo(1);
        assertThat(shown.path("deactivated")).hasSize(3);
    }

    @Test
    void staffRetryARejectedDeactivation() {
        testbed.wisePay().failNext(person.id(), 1, 400, Map.of());
        assertThat(staff.post(user + "/disable", null).status()).isEqualTo(204);
        await().until(() -> newest().path("state").asText().equals("failed"));
        String id = newest().path("id").asText();
        assertThat(newest().path("lastError").asText()).isEqualTo("Wise-Pay answered 400.");
        assertThat(staff.get("/deactivations?status=failed").json().path("deactivations"))
                .anySatisfy(failed -> assertThat(failed.path("id").asText()).isEqualTo(id));

        assertThat(staff.post("/deactivations/" + id + "/retry", null).status()).isEqualTo(204);

        await().until(() -> newest().path("state").asText().equals("delivered"));
        assertThat(staff.post("/deactivations/" + id + "/retry", null).status()).isEqualTo(409);
    }

    @Test
    void anUnknownDeactivationCannotBeRetried() {
        assertThat(staff.post("/deactivations/none/retry", null).status()).isEqualTo(404);
        assertThat(staff.get("/deactivations?status=lost").status()).isEqualTo(400);
    }

    /** Sending it would deactivate links that the user has configured since. */
    @Test
    void aFailedDeactivationIsNotRetriedForAnEnabledUser() {
        staff.post("/deactivations/retry", null);
        testbed.wisePay().failNext(person.id(), 1, 400, Map.of());
        assertThat(staff.post(user + "/disable", null).status()).isEqualTo(204);
        await().until(() -> newest().path("state").asText().equals("failed"));
        String id = newest().path("id").asText();
        assertThat(staff.post(user + "/enable", null).status()).isEqualTo(204);

        assertThat(staff.post("/deactivations/" + id + "/retry", null).status()).isEqualTo(409);
        assertThat(staff.post("/deactivations/retry", null)
                        .json()
                        .path("retried")
                        .asInt())
                .isZero();

        await().until(() -> newest().path("state").asText().equals("dismissed"));
        assertThat(newest().path("lastError").asText()).contains("enabled again");
        assertThat(testbed.wisePay().deactivationsOf(person.id())).isEmpty();
        assertThat(staff.get("/deactivations?status=dismissed").json().path("deactivations"))
                .anySatisfy(one -> assertThat(one.path("id").asText()).isEqualTo(id));
        assertThat(staff.get("/deactivations?status=failed").json().path("deactivations"))
                .noneSatisfy(one -> assertThat(one.path("id").asText()).isEqualTo(id));
    }

    /** The links of the new account are newer. Those of the account that the user left are deactivated when they leave. */
    @Test
    void aFailedDeactivationIsNotRetriedForAUserOfAnotherAccount() {
        testbed.wisePay().failNext(person.id(), 1, 400, Map.of());
        assertThat(staff.post(user + "/disable", null).status()).isEqualTo(204);
        await().until(() -> newest().path("state").asText().equals("failed"));
        String id = newest().path("id").asText();
        testbed.people().move(person.id(), account, testbed.people().account("other", "company"));
        await().until(() -> testbed.wisePay().deactivationsOf(person.id()).size() == 1);
        Notifications notifications = new Notifications();
        notifications.enable(person);
        testbed.wisePay().addOneOfEach(person.id());

        assertThat(staff.post("/deactivations/" + id + "/retry", null).status()).isEqualTo(409);
        assertThat(staff.post("/deactivations/retry", null).status()).isEqualTo(200);

        await().until(() -> staff.get("/deactivations?status=dismissed&max=100")
                .json()
                .path("deactivations")
                .findValuesAsText("id")
                .contains(id));
        notifications.awaitSingle(person);
    }

    /** The links may have been configured in the account that the user has joined since. */
    @Test
    void aDeactivationOfADisabledAccountIsHeldForAUserOfAnotherAccountUntilStaffReleaseIt() {
        String id = failedByDisabledAccount();
        testbed.people().join(person.id(), testbed.people().account("other", "company"));

        assertThat(staff.post("/deactivations/" + id + "/retry", null).status()).isEqualTo(204);

        await().until(() -> find("held", id).isPresent());
        JsonNode held = find("held", id).orElseThrow();
        assertThat(held.path("lastError").asText()).contains("another account");
        assertThat(held.path("links")).hasSize(3);
        assertThat(testbed.wisePay().deactivationsOf(person.id())).isEmpty();
        assertThat(staff.post("/deactivations/" + id + "/release", null).status())
                .isEqualTo(204);
        await().until(() -> find("delivered", id).isPresent());
        assertThat(testbed.wisePay().deactivationsOf(person.id())).hasSize(1);
    }

    @Test
    void aDeactivationOfAnAccountThatIsEnabledAgainIsNotSentToAUserOfSeveralAccounts() {
        String id = failedByDisabledAccount();
        testbed.people().join(person.id(), testbed.people().account("other", "company"));
        setAccountEnabled(true);

        assertThat(staff.post("/deactivations/" + id + "/retry", null).status()).isEqualTo(409);

        assertThat(staff.post("/deactivations/retry", null).status()).isEqualTo(200);
        await().until(() -> find("dismissed", id).isPresent());
        assertThat(testbed.wisePay().deactivationsOf(person.id())).isEmpty();
    }

    /** The id of the deactivation, which Wise-Pay has rejected. */
    private String failedByDisabledAccount() {
        testbed.wisePay().failNext(person.id(), 1, 400, Map.of());
        setAccountEnabled(false);
        await().until(() -> newest().path("state").asText().equals("failed"));
        assertThat(newest().path("reason").asText()).isEqualTo("account");
        return newest().path("id").asText();
    }

    private void setAccountEnabled(boolean enabled) {
        OrganizationResource organization = testbed.realm().organizations().get(account);
        OrganizationRepresentation changed = organization.toRepresentation();
        changed.setEnabled(enabled);
        organization.update(changed).close();
    }

    private Optional<JsonNode> find(String state, String id) {
        JsonNode all =
                staff.get("/deactivations?max=100&status=" + state).json().path("deactivations");
        return StreamSupport.stream(all.spliterator(), false)
                .filter(one -> one.path("id").asText().equals(id))
                .findFirst();
    }

    @Test
    void aFailedDeactivationCanBeDismissed() {
        testbed.wisePay().failNext(person.id(), 1, 400, Map.of());
        assertThat(staff.post(user + "/disable", null).status()).isEqualTo(204);
        await().until(() -> newest().path("state").asText().equals("failed"));
        String path = "/deactivations/" + newest().path("id").asText();

        assertThat(staff.post(path + "/release", null).status()).isEqualTo(409);
        assertThat(staff.post(path + "/dismiss", null).status()).isEqualTo(204);

        assertThat(newest().path("state").asText()).isEqualTo("dismissed");
        assertThat(staff.post(path + "/retry", null).status()).isEqualTo(409);
        assertThat(staff.post(path + "/dismiss", null).status()).isEqualTo(409);
    }

    /** The earlier account's name, and the links that were configured there. */
    @Test
    void accountAdminsSeeTheDeactivationsInTheirOwnAccountOnly() {
        String later = testbed.people().account("other", "company");
        assertThat(staff.post(user + "/disable", null).status()).isEqualTo(204);
        await().until(() -> newest().path("state").asText().equals("delivered"));
        testbed.people().move(person.id(), account, later);
        await().until(() -> staff.get("/accounts/%s/users/%s/deactivations".formatted(later, person.id()))
                .json()
                .path(0)
                .path("state")
                .asText()
                .equals("delivered"));
        String seen = "/accounts/%s/users/%s".formatted(later, person.id());
        Api admin = testbed.api(testbed.people().create(later, "account-admin"));

        assertThat(admin.get(seen + "/deactivations").json()).isEmpty();
        assertThat(admin.get(seen).status()).isEqualTo(200);
        assertThat(staff.get(seen + "/deactivations").json()).isNotEmpty();
        assertThat(staff.post(seen + "/enable", null).status()).isEqualTo(204);
        assertThat(staff.post(seen + "/disable", null).status()).isEqualTo(204);
        await().until(() -> admin.get(seen + "/deactivations")
                .json()
                .path(0)
                .path("state")
                .asText()
                .equals("delivered"));
        assertThat(admin.get(seen + "/deactivations").json()).hasSize(1);
    }

    /** One person dismisses the deactivation while another one sends it. */
    @Test
    void oneOfTwoDecisionsAtTheSameTimeCounts() throws Exception {
        for (int round = 0; round < 10; round++) {
            Person other = testbed.people().create(account, "user", "company");
            testbed.wisePay().addOneOfEach(other.id());
            testbed.wisePay().failNext(other.id(), 1, 400, Map.of());
            String path = "/accounts/%s/users/%s".formatted(account, other.id());
            assertThat(staff.post(path + "/disable", null).status()).isEqualTo(204);
            await().until(() -> state(path).equals("failed"));
            String one = "/deactivations/"
                    + staff.get(path + "/deactivations").json().at("/0/id").asText();

            List<Integer> answers = atOnce(one + "/retry", one + "/dismiss");

            assertThat(answers).containsExactlyInAnyOrder(204, 409);
            boolean retried = answers.get(0) == 204;
            await().until(() -> state(path).equals(retried ? "delivered" : "dismissed"));
            assertThat(testbed.wisePay().deactivationsOf(other.id())).hasSize(retried ? 1 : 0);
        }
    }

    /** The statuses of two calls without a body. */
    private List<Integer> atOnce(String one, String other) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<Integer> first = threads.submit(() -> staff.post(one, null).status());
            Future<Integer> second =
                    threads.submit(() -> staff.post(other, null).status());
            return List.of(first.get(), second.get());
        } finally {
            threads.shutdownNow();
        }
    }

    private String state(String path) {
        return staff.get(path + "/deactivations").json().at("/0/state").asText();
    }

    private JsonNode newest() {
        return staff.get(user + "/deactivations").json().path(0);
    }
}
