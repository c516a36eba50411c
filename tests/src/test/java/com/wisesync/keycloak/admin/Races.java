package com.wisesync.keycloak.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Mailbox;
import com.wisesync.keycloak.testing.People;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Server;
import com.wisesync.keycloak.testing.Tokens;
import com.wisesync.keycloak.testing.UserBody;
import com.wisesync.keycloak.testing.Visitor;
import com.wisesync.keycloak.testing.WebPage;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.resource.RealmResource;

/** Concurrent requests: each result follows the rules. */
abstract class Races {

    /** The answers to a submitted invitation, beside the statuses of the API. */
    private static final int ACCEPTED = 200;

    private static final int REFUSED = 400;

    private final Server server;
    private final Mailbox mailbox;
    private final RealmResource realm;
    private final People people;
    private final Api service;
    private final String account;
    private final String users;

    Races(Server server, Mailbox mailbox, RealmResource realm) {
        this.server = server;
        this.mailbox = mailbox;
        this.realm = realm;
        this.people = new People(realm);
        String token = Tokens.ofService(server, "wise-sync-service", "wise-sync-service-secret")
                .access();
        this.service = new Api(server.apiUrl(), () -> token);
        this.account = people.account("autotask", "one", "two");
        this.users = "/accounts/" + account + "/users";
    }

    @Test
    void createsOneOfFiftyWithTheSameAddress() {
        String email = UUID.randomUUID() + "@test.example";
        String elsewhere = "/accounts/" + people.account("other", "one") + "/users";

        List<Integer> answers = atOnce(IntStream.range(0, 50)
                .<Callable<Integer>>mapToObj(i -> () -> service.post(i % 2 == 0 ? users : elsewhere, user(email, email))
                        .status())
                .toList());

        assertThat(answers).containsOnlyOnce(201).containsOnly(201, 409);
        assertThat(realm.users().searchByEmail(email, true)).hasSize(1);
    }

    @Test
    void assignsAnAddressToOneUserAsUsernameOrEmail() {
        for (int round = 0; round < 5; round++) {
            String contested = UUID.randomUUID() + "@test.example";
            String elsewhere = people.account("other", "one");
            String otherUsers = "/accounts/" + elsewhere + "/users";

            List<Integer> answers = atOnce(List.of(
                    () -> service.post(users, user(UUID.randomUUID() + "@test.example", contested))
                            .status(),
                    () -> service.post(otherUsers, user(contested, UUID.randomUUID() + "@test.example"))
                            .status()));

            assertThat(answers).containsExactlyInAnyOrder(201, 409);
        }
    }

    @Test
    void keepsOneOfTwoAdminsWhoDisableEachOther() {
        for (int round = 0; round < 3; round++) {
            String small = people.account("other", "one");
            Person one = people.create(small, "account-admin");
            Person two = people.create(small, "account-admin");
            Api asOne = console(one);
            Api asTwo = console(two);
            String path = "/accounts/" + small + "/users";

            List<Integer> answers = atOnce(List.of(
                    () -> asOne.post(path + "/" + two.id() + "/disable", null).status(),
                    () -> asTwo.post(path + "/" + one.id() + "/disable", null).status()));

            // 401: the caller of the later request was disabled before it was authenticated.
            assertThat(answers).containsOnlyOnce(204).isSubsetOf(204, 409, 401);
            assertThat(service.get(path + "?role=account-admin&enabled=true")
                            .json()
                            .path("total")
                            .asInt())
                    .isOne();
        }
    }

    @Test
    void keepsOneAdminWhenOneIsDisabledAndTheOtherLosesTheRole() {
        String small = people.account("other", "one");
        Person one = people.create(small, "account-admin");
        Person two = people.create(small, "account-admin");
        String path = "/accounts/" + small + "/users";

        List<Integer> answers = atOnce(List.of(
                () -> service.post(path + "/" + one.id() + "/disable", null).status(),
                () -> service.put(path + "/" + two.id(), user(two.username(), two.username()))
                        .status()));

        assertThat(answers).containsOnlyOnce(409);
        assertThat(service.get(path + "?role=account-admin&enabled=true")
                        .json()
                        .path("total")
                        .asInt())
                .isOne();
    }

    @Test
    void acceptsOneOfTwoEditsOfTheSameVersion() {
        Person person = people.create(account, "user", "one");
        String path = users + "/" + person.id();
        String version = service.get(path).header("ETag").orElseThrow();

        List<Integer> answers = atOnce(List.of(
                () -> edit(path, person, version, "First").status(),
                () -> edit(path, person, version, "Second").status()));

        assertThat(answers).containsExactlyInAnyOrder(200, 412);
    }

    @Test
    void assignsNoCompanyThatIsDeletedAtTheSameTime() {
        for (int round = 0; round < 3; round++) {
            String company = "gone-" + round;
            service.put("/accounts/" + account + "/companies/" + company, Map.of("name", "Gone", "package", "myob"));
            Person person = people.create(account, "user", "one");
            Map<String, Object> body = user(person.username(), person.username());
            body.put("companies", List.of("one", company));

            List<Integer> answers = atOnce(List.of(
                    () -> service.put(users + "/" + person.id(), body).status(),
                    () -> service.delete("/accounts/" + account + "/companies/" + company)
                            .status()));

            assertThat(answers.get(0)).isIn(200, 400);
            assertThat(answers.get(1)).isEqualTo(200);
            assertThat(realm.users()
                            .get(person.id())
                            .toRepresentation()
                            .getAttributes()
                            .get("companies"))
                    .containsExactly("one");
        }
    }

    @Test
    void keepsBothOfTwoCompaniesConnectedAtOnce() {
        String fresh = people.account("other");
        String path = "/accounts/" + fresh + "/companies/";

        List<Integer> answers = atOnce(List.of(
                () -> service.put(path + "a", Map.of("name", "A", "package", "xero"))
                        .status(),
                () -> service.put(path + "b", Map.of("name", "B", "package", "xero"))
                        .status()));

        assertThat(answers).containsOnly(200);
        JsonNode companies = service.get("/accounts/" + fresh + "/companies").json();
        assertThat(companies.findValuesAsText("id")).containsExactly("a", "b");
    }

    @Test
    void anInvitationIsEitherAcceptedOrRevoked() {
        for (int round = 0; round < 5; round++) {
            Invited invited = invite();
            Tab tab = new Tab(invited.link());

            List<Integer> answers = atOnce(List.of(
                    () -> tab.accept("first one"),
                    () -> service.delete(invited.path() + "/invitation").status()));

            assertThat(answers)
                    .as("accepted and revoked")
                    .isEqualTo(invited.hasPassword() ? List.of(ACCEPTED, 409) : List.of(REFUSED, 204));
        }
    }

    @Test
    void anInvitationIsEitherAcceptedOrSentAgain() {
        for (int round = 0; round < 5; round++) {
            Invited invited = invite();
            Tab tab = new Tab(invited.link());

            List<Integer> answers = atOnce(List.of(
                    () -> tab.accept("first one"),
                    () -> service.post(invited.path() + "/invitation", null).status()));

            boolean accepted = invited.hasPassword();
            assertThat(answers)
                    .as("accepted and sent again")
                    .isEqualTo(accepted ? List.of(ACCEPTED, 409) : List.of(REFUSED, 204));
            if (!accepted) {
                assertThat(new Tab(invited.link()).accept("other one")).isEqualTo(ACCEPTED);
            }
        }
    }

    @Test
    void oneOfTwoBrowsersAcceptsAnInvitation() {
        for (int round = 0; round < 5; round++) {
            Invited invited = invite();
            String link = invited.link();
            Tab one = new Tab(link);
            Tab other = new Tab(link);

            List<Integer> answers = atOnce(List.of(() -> one.accept("first one"), () -> other.accept("other one")));

            assertThat(answers).containsExactlyInAnyOrder(ACCEPTED, REFUSED);
        }
    }

    /** The tabs of one browser share a cookie of Keycloak, so that neither may be able to continue the login. */
    @Test
    void oneOfTwoTabsSetsThePassword() {
        for (int round = 0; round < 5; round++) {
            Invited invited = invite();
            Tab one = new Tab(invited.link());
            Tab other = one.copy();

            List<Integer> answers = atOnce(List.of(() -> one.accept("first one"), () -> other.accept("other one")));

            assertThat(answers).contains(REFUSED);
            assertThat(invited.hasPassword()).isTrue();
        }
    }

    @Test
    void anInvitationSentAgainAndRevokedByTwoAdminsAtOnceIsInTheStateOfTheLater() {
        Api one = console(people.create(account, "account-admin"));
        Api other = console(people.create(account, "account-admin"));
        for (int round = 0; round < 5; round++) {
            Invited invited = invite();
            String first = invited.link();

            List<Integer> answers = atOnce(List.of(
                    () -> one.post(invited.path() + "/invitation", null).status(),
                    () -> other.delete(invited.path() + "/invitation").status()));

            assertThat(answers).containsOnly(204);
            boolean revoked = invited.state().equals("revoked");
            if (revoked) {
                assertThat(problem(first)).isEqualTo("invitation.REVOKED");
                service.post(invited.path() + "/invitation", null);
            }
            // The emails of one queue are sent in order.
            invited.awaitMailed();
            List<String> sent = invited.links();
            assertThat(sent.subList(0, sent.size() - 1))
                    .contains(first)
                    .allSatisfy(link -> assertThat(problem(link)).isEqualTo("invitation.REPLACED"));
            assertThat(new Tab(sent.get(sent.size() - 1)).accept("first one")).isEqualTo(ACCEPTED);
        }
    }

    @Test
    void onlyTheNewestOfInvitationsSentAgainAtOnceWorks() {
        Invited invited = invite();
        invited.link();

        List<Integer> answers = atOnce(Collections.nCopies(
                4, () -> service.post(invited.path() + "/invitation", null).status()));

        assertThat(answers).containsOnly(204);
        invited.awaitMailed();
        List<String> sent = invited.links();
        assertThat(sent.subList(0, sent.size() - 1))
                .allSatisfy(link -> assertThat(problem(link)).isEqualTo("invitation.REPLACED"));
        assertThat(new Tab(sent.get(sent.size() - 1)).accept("first one")).isEqualTo(ACCEPTED);
    }

    /** The password of the administrator is set before or after the other, and replaces it or refuses the link. */
    @Test
    void thePasswordOfAnAdminWinsOverAnInvitationAcceptedAtOnce() {
        for (int round = 0; round < 5; round++) {
            Invited invited = invite();
            String link = invited.link();
            Tab tab = new Tab(link);

            List<Integer> answers =
                    atOnce(List.of(() -> tab.accept("first one"), () -> setPassword(invited.path(), "other one")));

            assertThat(answers.get(1)).isEqualTo(204);
            assertThat(problem(link)).isEqualTo("invitation.USED");
            Person person = new Person(invited.id, invited.address, "other one");
            assertOnlyPassword(person, "first one");
        }
    }

    /** Keycloak's page for a new password, opened with a link before the administrator set a password. */
    @Test
    void thePasswordOfAnAdminWinsOverOneFromAnOpenPageOfKeycloak() {
        for (int round = 0; round < 5; round++) {
            Person person = people.create(account, "user", "one");
            // A link of the second in which a password was set does not work.
            await().pollDelay(Duration.ofMillis(1100)).until(() -> true);
            realm.users().get(person.id()).executeActionsEmail(List.of("UPDATE_PASSWORD"));
            String link = mailbox.take(person.username()).link().orElseThrow();
            Visitor visitor = new Visitor(server);
            WebPage form = visitor.press(visitor.open(link), "#wise-sync-link-confirm");
            Map<String, String> typed = Map.of("password-new", "first one", "password-confirm", "first one");

            List<Integer> answers = atOnce(List.of(
                    () -> visitor.submit(form, "input[name=password-new]", typed)
                            .status(),
                    () -> setPassword(users + "/" + person.id(), "other one")));

            assertThat(answers.get(1)).isEqualTo(204);
            assertThat(problem(link)).isEqualTo("USED");
            assertOnlyPassword(new Person(person.id(), person.username(), "other one"), "first one");
        }
    }

    @Test
    void thePasswordOfTheBrowserThatUsesAPasswordLinkFirstIsTheOnlyOne() {
        for (int round = 0; round < 5; round++) {
            Person person = people.create(account, "user", "one");
            String path = users + "/" + person.id();
            service.post(path + "/reset-password", null);
            String older = mailbox.take(person.username()).link().orElseThrow();
            Tab replaced = new Tab(older);
            service.post(path + "/reset-password", null);
            String link = mailbox.take(person.username()).link().orElseThrow();
            List<String> passwords = List.of("first one", "other one", "older one");
            List<Tab> tabs = List.of(new Tab(link), new Tab(link), replaced);

            List<Boolean> set = atOnce(IntStream.range(0, 3)
                    .<Callable<Boolean>>mapToObj(i -> () -> tabs.get(i).setsPassword(passwords.get(i)))
                    .toList());

            assertThat(set).containsOnlyOnce(true);
            int winner = set.indexOf(true);
            assertThat(winner).as("the older link").isLessThan(2);
            assertThat(problem(older)).isEqualTo("REPLACED");
            assertThat(problem(link)).isEqualTo("USED");
            assertOnlyPassword(
                    new Person(person.id(), person.username(), passwords.get(winner)),
                    passwords.get(1 - winner),
                    "older one",
                    person.password());
        }
    }

    private int setPassword(String path, String password) {
        return service.put(path + "/password", Map.of("password", password)).status();
    }

    private void assertOnlyPassword(Person person, String... others) {
        assertThat(accepts(person, person.password())).as(person.password()).isTrue();
        for (String other : others) {
            assertThat(accepts(person, other)).as(other).isFalse();
        }
    }

    /** Whether a login with this password continues with the second factor. */
    private boolean accepts(Person person, String password) {
        Login login = new Login(server, Application.WISE_SYNC);
        return login.password(login.start(), new Person(person.id(), person.username(), password))
                .has(Login.CODE);
    }

    private Invited invite() {
        String address = UUID.randomUUID() + "@test.example";
        return new Invited(service.post(users, user(address, address)).createdId(), address);
    }

    private String problem(String link) {
        return new Visitor(server)
                .open(link)
                .find("#wise-sync-link-problem")
                .map(problem -> problem.attr("data-problem"))
                .orElse("");
    }

    /** A user who was just invited. */
    private final class Invited {

        private final String id;
        private final String address;

        Invited(String id, String address) {
            this.id = id;
            this.address = address;
        }

        String path() {
            return users + "/" + id;
        }

        /** Waits for the link of the next invitation. */
        String link() {
            return mailbox.take(address).link().orElseThrow();
        }

        /** The links of all invitations so far. */
        List<String> links() {
            return mailbox.all(address).stream()
                    .map(mail -> mail.link().orElseThrow())
                    .toList();
        }

        String state() {
            return service.get(path()).json().path("invitation").path("state").asText();
        }

        void awaitMailed() {
            await().atMost(Mailbox.TIMEOUT).until(() -> state().equals("mailed"));
        }

        boolean hasPassword() {
            return realm.users().get(id).credentials().stream()
                    .anyMatch(credential -> credential.getType().equals("password"));
        }
    }

    /** The form of an invitation, open in a browser. */
    private final class Tab {

        private final Visitor visitor;
        private final WebPage form;

        Tab(String link) {
            this(new Visitor(server), link);
        }

        private Tab(Visitor visitor, String link) {
            this.visitor = visitor;
            this.form = visitor.open(link);
        }

        /** The same link in another tab of the same browser. */
        Tab copy() {
            return new Tab(visitor, form.uri().toString());
        }

        /** Submits the form; returns whether the login continues with the second factor. */
        int accept(String password) {
            Map<String, String> typed = Map.of("password-new", password, "password-confirm", password);
            return visitor.submit(form, "#wise-sync-link-form input[name=password-new]", typed)
                            .has(Login.CODE)
                    ? ACCEPTED
                    : REFUSED;
        }

        /** Submits the form of a password link; returns whether it says that the password was set. */
        boolean setsPassword(String password) {
            Map<String, String> typed = Map.of("password-new", password, "password-confirm", password);
            return visitor.submit(form, "#wise-sync-link-form input[name=password-new]", typed)
                    .has("#wise-sync-link-done");
        }
    }

    private Api console(Person person) {
        String token =
                new Login(server, Application.CONSOLE).as(person, mailbox).access();
        return new Api(server.apiUrl(), () -> token);
    }

    private Answer edit(String path, Person person, String version, String firstName) {
        Map<String, Object> body = user(person.username(), person.username());
        body.put("firstName", firstName);
        return service.send("PUT", path, body, "If-Match", version);
    }

    private static Map<String, Object> user(String username, String email) {
        return UserBody.edit("user", email, username, "one");
    }

    private static <T> List<T> atOnce(List<Callable<T>> calls) {
        ExecutorService threads = Executors.newFixedThreadPool(calls.size());
        try {
            List<Future<T>> answers = threads.invokeAll(calls);
            return answers.stream().map(Races::get).toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static <T> T get(Future<T> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
