package com.wisesync.keycloak.lifecycle;

import static com.wisesync.keycloak.lifecycle.Events.WISE_PAY;
import static com.wisesync.keycloak.lifecycle.Events.WISE_SYNC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.wisesync.keycloak.sessions.ThroughOthers;
import com.wisesync.keycloak.simulator.Exchange;
import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.UserBody;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.representations.idm.ClientInitialAccessCreatePresentation;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.RoleRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** The lifecycle events that applications receive, by how the users are changed. */
class LifecycleIT {

    private final Testbed testbed = Testbed.get();
    private final Events events = new Events();
    private final String account = testbed.people().account("other", "one", "two");

    @Test
    void importedUsersAreSent() {
        await().untilAsserted(() ->
                assertThat(events.typesOf(WISE_SYNC, Person.UMA.id())).startsWith("user.created"));
        events.ready(WISE_SYNC, Person.UMA.id());

        assertThat(events.typesOf(WISE_PAY, Person.UMA.id())).isEmpty();
    }

    @Test
    void changesThroughTheAdminApiAreSent() {
        String user = create("user", List.of("one"));
        JsonNode created = events.await(WISE_SYNC, user, "user.created");

        put(user, "user", List.of("two"), "Renamed");
        JsonNode updated = events.await(WISE_SYNC, user, "user.created", "user.updated");
        post(user, "disable");
        JsonNode disabled = events.await(WISE_SYNC, user, "user.created", "user.updated", "user.disabled");
        post(user, "enable");
        events.await(WISE_SYNC, user, "user.created", "user.updated", "user.disabled", "user.enabled");

        assertThat(created.at("/user/companies/0").asText()).isEqualTo("one");
        assertThat(created.at("/user/companyAccess").asText()).isEqualTo("listed");
        assertThat(created.at("/account/id").asText()).isEqualTo(account);
        assertThat(updated.at("/user/companies/0").asText()).isEqualTo("two");
        assertThat(updated.at("/user/firstName").asText()).isEqualTo("Renamed");
        assertThat(disabled.at("/user/enabled").asBoolean()).isFalse();
        assertThat(events.typesOf(WISE_PAY, user)).isEmpty();
    }

    @Test
    void aChangedRoleIsSent() {
        String user = create("user", List.of("one"));
        events.await(WISE_SYNC, user, "user.created");

        put(user, "merchant-user", List.of(), "New");

        JsonNode lost = events.await(WISE_SYNC, user, "user.created", "user.disabled");
        JsonNode gained = events.await(WISE_PAY, user, "user.enabled");
        assertThat(lost.at("/user/enabled").asBoolean()).isFalse();
        assertThat(gained.at("/user/role").asText()).isEqualTo("merchant-user");
    }

    @Test
    void changesThroughKeycloaksOwnApiAreSent() {
        Person person = testbed.people().create(account, "user", "one");
        events.ready(WISE_SYNC, person.id());

        edit(person.id(), user -> user.setFirstName("Stock"));
        events.await(WISE_SYNC, person.id(), "user.updated");
        edit(person.id(), user -> user.setEnabled(false));
        events.await(WISE_SYNC, person.id(), "user.updated", "user.disabled");
        String row = "<tr data-user=\"%s\"><td>%s</td><td>%s</td><td>Stock "
                .formatted(person.id(), WISE_SYNC, person.username());
        assertThat(simulatorPage()).contains(row);
        testbed.realm().users().delete(person.id()).close();

        JsonNode deleted = events.await(WISE_SYNC, person.id(), "user.updated", "user.disabled", "user.deleted");
        assertThat(deleted.at("/account/id").asText()).isEqualTo(account);
        assertThat(deleted.at("/user/username").asText()).isEqualTo(person.username());
        assertThat(simulatorPage()).doesNotContain(row);
    }

    @Test
    void losingTheLastCompanyIsSent() {
        Person person = testbed.people().create(account, "user", "one");
        events.ready(WISE_SYNC, person.id());

        edit(person.id(), user -> user.getAttributes().remove("companies"));
        events.await(WISE_SYNC, person.id(), "user.disabled");
        edit(person.id(), user -> user.singleAttribute("companies", "two"));

        events.await(WISE_SYNC, person.id(), "user.disabled", "user.enabled");
    }

    /** A user with a second role has no role. */
    @ParameterizedTest
    @ValueSource(strings = {"role of a group", "role of a parent group", "composite"})
    void aRoleThatComesAndGoesThroughOthersIsSent(String how) {
        Person person = testbed.people().create(account, "user", "one");
        Person other = testbed.people().create(account, "user", "one");
        events.ready(WISE_SYNC, person.id());
        events.ready(WISE_SYNC, other.id());
        ThroughOthers through = new ThroughOthers(testbed.realm(), WISE_SYNC, person);
        try {
            through.prepare(how).run();
            events.await(WISE_SYNC, person.id(), "user.disabled");
        } finally {
            through.remove();
        }

        events.await(WISE_SYNC, person.id(), "user.disabled", "user.enabled");
        assertThat(events.typesOf(WISE_SYNC, other.id())).isEmpty();
    }

    @Test
    void aRenamedRoleIsSent() {
        Person merchant = testbed.people().create(account, "merchant-admin");
        events.ready(WISE_PAY, merchant.id());
        RoleRepresentation role = testbed.realm().roles().get("merchant-admin").toRepresentation();
        try {
            role.setName("renamed");
            testbed.realm().roles().get("merchant-admin").update(role);
            events.await(WISE_PAY, merchant.id(), "user.disabled");
        } finally {
            role.setName("merchant-admin");
            testbed.realm().rolesById().updateRole(role.getId(), role);
        }

        events.await(WISE_PAY, merchant.id(), "user.disabled", "user.enabled");
    }

    @Test
    void aRenamedAndDisabledAccountIsSent() {
        Person user = testbed.people().create(account, "user", "one");
        Person merchant = testbed.people().create(account, "merchant-user");
        events.ready(WISE_SYNC, user.id());
        events.ready(WISE_PAY, merchant.id());
        String name = "Renamed " + UUID.randomUUID();

        putAccount(name, true);
        JsonNode renamed = events.await(WISE_SYNC, user.id(), "user.updated");
        events.await(WISE_PAY, merchant.id(), "user.updated");
        putAccount(name, false);
        events.await(WISE_SYNC, user.id(), "user.updated", "user.disabled");
        putAccount(name, true);
        events.await(WISE_SYNC, user.id(), "user.updated", "user.disabled", "user.enabled");

        assertThat(renamed.at("/account/name").asText()).isEqualTo(name);
    }

    @Test
    void aRenamedAndDisconnectedCompanyIsSent() {
        Person user = testbed.people().create(account, "user", "one", "two");
        Person other = testbed.people().create(account, "user", "two");
        Person admin = testbed.people().create(account, "account-admin");
        for (Person person : List.of(user, other, admin)) {
            events.ready(WISE_SYNC, person.id());
        }

        call("PUT", "/companies/one", Map.of("name", "First", "package", "xero"));
        events.await(WISE_SYNC, user.id(), "user.updated");
        events.await(WISE_SYNC, admin.id(), "user.updated");
        call("DELETE", "/companies/one", null);
        JsonNode left = events.await(WISE_SYNC, user.id(), "user.updated", "user.updated");
        JsonNode all = events.await(WISE_SYNC, admin.id(), "user.updated", "user.updated");

        assertThat(left.at("/user/companies").toString()).isEqualTo("[\"two\"]");
        assertThat(all.at("/user/companies").toString()).isEqualTo("[\"two\"]");
        assertThat(events.typesOf(WISE_SYNC, other.id())).isEmpty();
    }

    /** The body is read at the first attempt; a later change is another message, which waits for it. */
    @Test
    void aFailedAttemptIsRepeatedUnchanged() {
        Person person = testbed.people().create(account, "user", "one");
        events.ready(WISE_SYNC, person.id());
        testbed.wisePay().failNextEvents(person.id(), 1, 500);

        edit(person.id(), user -> user.setFirstName("Before"));
        await().until(() -> attempts(person).anyMatch(exchange -> exchange.status() == 500));
        edit(person.id(), user -> user.setFirstName("After"));

        JsonNode last = events.await(WISE_SYNC, person.id(), "user.updated", "user.updated");
        assertThat(last.at("/user/firstName").asText()).isEqualTo("After");
        assertThat(attempts(person).filter(exchange -> exchange.requestBody().contains("Before")))
                .hasSize(2)
                .extracting(Exchange::requestBody)
                .containsOnly(attempts(person)
                        .filter(exchange -> exchange.status() == 500)
                        .findFirst()
                        .orElseThrow()
                        .requestBody());
    }

    /** Concurrent changes, while some attempts fail: a receiver never sees an older state after a newer one. */
    @Test
    void manyChangesArriveInOrderPerUserAndApplication() throws Exception {
        int changes = 6;
        Map<String, String> applications = new HashMap<>();
        for (int i = 0; i < 2; i++) {
            applications.put(testbed.people().create(account, "user", "one").id(), WISE_SYNC);
            applications.put(testbed.people().create(account, "merchant-user").id(), WISE_PAY);
        }
        applications.forEach((user, application) -> events.ready(application, user));
        applications.keySet().stream()
                .limit(2)
                .forEach(user -> testbed.wisePay().failNextEvents(user, 1, 500));

        ExecutorService administrators = Executors.newFixedThreadPool(applications.size());
        try {
            List<Callable<Void>> work = applications.keySet().stream()
                    .<Callable<Void>>map(user -> () -> {
                        for (int i = 1; i <= changes; i++) {
                            String name = String.valueOf(i);
                            edit(user, changed -> changed.setLastName(name));
                        }
                        return null;
                    })
                    .toList();
            for (Future<Void> done : administrators.invokeAll(work)) {
                done.get();
            }
        } finally {
            administrators.shutdownNow();
        }

        applications.forEach((user, application) -> {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(lastNames(events.find(application, user)))
                            .endsWith(changes));
            List<JsonNode> attempts = events.exchanges(application)
                    .map(exchange -> Events.json(exchange.requestBody()))
                    .filter(event -> event.at("/user/id").asText().equals(user))
                    .filter(event -> !lastNames(List.of(event)).isEmpty())
                    .toList();
            assertThat(lastNames(attempts)).isSorted().hasSizeGreaterThan(1);
            assertThat(attempts)
                    .extracting(event -> Instant.parse(event.path("occurredAt").asText()))
                    .isSorted();
            assertThat(events.find(application, user))
                    .extracting(event -> event.path("id").asText())
                    .doesNotHaveDuplicates();
        });
    }

    /** Each user's events have their own sender, and each receiver has a share of the senders. */
    @Test
    void aReceiverThatHangsDelaysNoOtherUser() {
        Person hung = testbed.people().create(account, "user", "one");
        Person other = testbed.people().create(account, "user", "one");
        events.ready(WISE_SYNC, hung.id());
        events.ready(WISE_SYNC, other.id());
        testbed.wisePay().hangNextEvent(hung.id());

        edit(hung.id(), user -> user.setFirstName("Hung"));
        edit(other.id(), user -> user.setFirstName("Other"));

        events.await(WISE_SYNC, other.id(), "user.updated");
        assertThat(events.typesOf(WISE_SYNC, hung.id())).isEmpty();
        assertThat(events.await(WISE_SYNC, hung.id(), "user.updated")
                        .at("/user/firstName")
                        .asText())
                .isEqualTo("Hung");
    }

    /** Otherwise the administrator of a client could make Keycloak sign messages as another system. */
    @Test
    void nothingIsSignedWithTheSecretOfAnotherSystem() {
        String application = "thief-" + UUID.randomUUID();
        Map<String, String> attributes = new HashMap<>(attributes("http://localhost:%d/demo/events?application=%s"
                .formatted(testbed.wisePay().port(), application)));
        attributes.put("wise-sync.lifecycle.secret", "${vault.wise-pay-webhook-secret}");
        String id = client(application, attributes);
        try {
            await().untilAsserted(() -> assertThat(testbed.serviceApi()
                            .get("/lifecycle?status=waiting&client=" + application)
                            .json()
                            .at("/events/0/lastError")
                            .asText())
                    .isEqualTo(
                            "The lifecycle secret of the client %s is not a reference of the form ${vault.lifecycle-...}."
                                    .formatted(application)));
            assertThat(events.exchanges(application)).isEmpty();
        } finally {
            testbed.realm().clients().get(id).remove();
        }
    }

    /** A separate client: it receives all users. */
    @Test
    void enablingAndResendingSendAllUsers() {
        Person person = testbed.people().create(account, "user", "one");
        String application = "receiver-" + UUID.randomUUID();
        String url = "http://localhost:%d/demo/events?application=%s"
                .formatted(testbed.wisePay().port(), application);
        String id = client(application, attributes(url));
        try {
            events.ready(application, person.id());

            assertThat(testbed.serviceApi()
                            .post("/lifecycle/" + application + "/resend", null)
                            .status())
                    .isEqualTo(204);

            events.await(application, person.id(), "user.updated");
            await().untilAsserted(() -> assertThat(testbed.serviceApi()
                            .get("/lifecycle?status=delivered&client=" + application)
                            .json()
                            .at("/events/0/client")
                            .asText())
                    .isEqualTo(application));

            setUrl(id, "");
            edit(person.id(), user -> user.setFirstName("Meanwhile"));
            setUrl(id, url);
            assertThat(events.await(application, person.id(), "user.updated", "user.updated")
                            .at("/user/firstName")
                            .asText())
                    .isEqualTo("Meanwhile");
        } finally {
            testbed.realm().clients().get(id).remove();
        }
    }

    /** Deleted users are on no page of users, and an older event must not overwrite a newer one. */
    @Test
    void resendingSendsFailedEvents() {
        Person deleted = testbed.people().create(account, "user", "one");
        Person disabled = testbed.people().create(account, "user", "one");
        Person enabledAgain = testbed.people().create(account, "user", "one");
        String application = "receiver-" + UUID.randomUUID();
        String id = client(
                application,
                attributes("http://localhost:%d/demo/events?application=%s"
                        .formatted(testbed.wisePay().port(), application)));
        try {
            for (Person person : List.of(deleted, disabled, enabledAgain)) {
                events.ready(application, person.id());
                events.ready(WISE_SYNC, person.id());
                testbed.wisePay().failNextEvents(person.id(), 2, 400);
            }
            testbed.realm().users().delete(deleted.id()).close();
            edit(disabled.id(), user -> user.setEnabled(false));
            edit(enabledAgain.id(), user -> user.setEnabled(false));
            await().until(() -> count("failed", application) == 3);
            await().until(() -> events.exchanges(WISE_SYNC)
                    .anyMatch(exchange ->
                            exchange.status() == 400 && exchange.requestBody().contains(enabledAgain.id())));
            edit(enabledAgain.id(), user -> user.setEnabled(true));
            events.await(application, enabledAgain.id(), "user.enabled");

            assertThat(testbed.serviceApi()
                            .post("/lifecycle/" + application + "/resend", null)
                            .status())
                    .isEqualTo(204);

            events.await(application, deleted.id(), "user.deleted");
            events.await(application, disabled.id(), "user.disabled", "user.updated");
            events.await(application, enabledAgain.id(), "user.enabled", "user.updated");
            await().until(() -> count("failed", application) == 0);
        } finally {
            testbed.realm().clients().get(id).remove();
        }
    }

    private int count(String status, String application) {
        return testbed.serviceApi()
                .get("/lifecycle?status=%s&client=%s".formatted(status, application))
                .json()
                .path("total")
                .asInt();
    }

    @Test
    void clientRegistrationCannotEnableEvents() {
        ClientInitialAccessCreatePresentation once = new ClientInitialAccessCreatePresentation(60, 1);
        String token = testbed.realm().clientInitialAccess().create(once).getToken();
        Api registration = new Api(testbed.server().realmUrl() + "/clients-registrations", () -> token);
        String application = "registered-" + UUID.randomUUID();

        Answer answer = registration.post(
                "/default", Map.of("clientId", application, "attributes", attributes("https://receiver.example")));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(testbed.realm().clients().findByClientId(application)).isEmpty();
    }

    private static List<Integer> lastNames(List<JsonNode> received) {
        return received.stream()
                .map(event -> event.at("/user/lastName").asText())
                .filter(name -> name.matches("[0-9]+"))
                .map(Integer::valueOf)
                .toList();
    }

    private String simulatorPage() {
        return new Api("http://localhost:" + testbed.wisePay().port(), () -> null)
                .get("/")
                .text();
    }

    private Stream<Exchange> attempts(Person person) {
        return events.exchanges(WISE_SYNC)
                .filter(exchange -> exchange.requestBody().contains("user.updated"))
                .filter(exchange -> exchange.requestBody().contains(person.id()));
    }

    private String client(String clientId, Map<String, String> attributes) {
        ClientRepresentation client = new ClientRepresentation();
        client.setClientId(clientId);
        client.setProtocol("openid-connect");
        client.setDefaultClientScopes(List.of("wise-sync"));
        client.setAttributes(attributes);
        testbed.realm().clients().create(client).close();
        return testbed.realm().clients().findByClientId(clientId).get(0).getId();
    }

    private void setUrl(String id, String url) {
        ClientRepresentation client = testbed.realm().clients().get(id).toRepresentation();
        client.getAttributes().put("wise-sync.lifecycle.url", url);
        testbed.realm().clients().get(id).update(client);
    }

    private static Map<String, String> attributes(String url) {
        return Map.of("wise-sync.lifecycle.url", url, "wise-sync.lifecycle.secret", "${vault.lifecycle-wise-pay}");
    }

    private String create(String role, List<String> companies) {
        String email = UUID.randomUUID() + "@test.example";
        return testbed.serviceApi()
                .post(
                        "/accounts/" + account + "/users",
                        UserBody.with(
                                UserBody.named(
                                        "New",
                                        "Comer",
                                        UserBody.newUser(role, email, companies.toArray(String[]::new))),
                                "password",
                                "wise-sync"))
                .createdId();
    }

    private void put(String user, String role, List<String> companies, String firstName) {
        String username = testbed.realm().users().get(user).toRepresentation().getUsername();
        call(
                "PUT",
                "/users/" + user,
                UserBody.named(
                        firstName, "Comer", UserBody.edit(role, username, username, companies.toArray(String[]::new))));
    }

    private void post(String user, String action) {
        call("POST", "/users/" + user + "/" + action, null);
    }

    private void putAccount(String name, boolean enabled) {
        call("PUT", "", Map.of("name", name, "psa", "other", "twoFactorMode", "required", "enabled", enabled));
    }

    private void call(String method, String path, Object body) {
        assertThat(testbed.serviceApi()
                        .send(method, "/accounts/" + account + path, body)
                        .status())
                .isLessThan(300);
    }

    private void edit(String id, Consumer<UserRepresentation> edit) {
        UserRepresentation user = testbed.realm().users().get(id).toRepresentation();
        edit.accept(user);
        testbed.realm().users().get(id).update(user);
    }
}
