package com.wisesync.keycloak.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.People;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Tokens;
import com.wisesync.keycloak.testing.UserBody;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** A killed server, a failing database and an old login: tests that need a separate server on PostgreSQL. */
@Tag("full")
@TestInstance(Lifecycle.PER_CLASS)
class ServerFailureIT {

    private static final int ROWS = 5_000;
    private OnPostgres bed;

    @BeforeAll
    void start() throws IOException {
        bed = OnPostgres.start("server-failure");
    }

    @AfterAll
    void stop() throws IOException {
        bed.close();
    }

    @Test
    void anImportWhoseServerIsKilledCreatesNoUserAndCanBeRepeated() {
        String account = new People(bed.realm()).account("autotask", "one");
        String file = file(account);
        long before = bed.number("SELECT pg_relation_size('user_entity')");
        Api dying = bed.service();
        CompletableFuture<Void> lost = CompletableFuture.runAsync(() -> importFile(dying, account, file));
        // Rows of an open transaction are invisible to others, but they use space.
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> bed.number("SELECT pg_relation_size('user_entity')") > before + 200_000);

        bed.kill();

        assertThat(lost).failsWithin(Duration.ofMinutes(1));
        bed.startAgain();
        assertThat(rows(account, "")).isZero();
        assertThat(bed.number("SELECT count(*) FROM user_entity WHERE email LIKE '%@import.example'"))
                .isZero();
        assertThat(bed.number("SELECT count(*) FROM outbox_entry WHERE payload LIKE '%@import.example%'"))
                .isZero();
        assertThat(bed.number("SELECT count(*) FROM outbox_entry WHERE entry_kind = 'wise-sync-name'"))
                .isZero();
        assertThat(bed.number("SELECT count(*) FROM admin_event_entity WHERE representation LIKE '%@import.example%'"))
                .isZero();

        Instant asked = Instant.now();
        Answer imported = importFile(bed.service(), account, file);
        System.out.printf(
                "NUMBERS import of %,d rows without passwords %.1f s%n",
                ROWS, Duration.between(asked, Instant.now()).toMillis() / 1000.0);

        assertThat(imported.status()).as(imported.text()).isEqualTo(200);
        assertThat(rows(account, "")).isEqualTo(ROWS);
        assertThat(rows(account, "?role=user&company=one&enabled=true")).isEqualTo(ROWS);
        for (String query : List.of(
                "?search=test",
                "?invited=true",
                "?neverLoggedIn=true",
                "?idleDays=90",
                "?sort=role",
                "?sort=lastLogin",
                "?sort=-username")) {
            Answer page = bed.service().get("/accounts/" + account + "/users" + query);
            assertThat(page.status()).as(query + page.text()).isEqualTo(200);
        }
        assertThat(bed.service().get("/accounts?search=" + account).status()).isEqualTo(200);
        Answer companies = bed.service().get("/accounts/" + account + "/companies");
        assertThat(companies.json().toString()).contains("" + ROWS);
    }

    @Test
    void anAsynchronousImportWhoseServerIsKilledIsReportedAsFailed() {
        String account = new People(bed.realm()).account("autotask", "one");
        String password = "phrase of " + account;
        String file = IntStream.range(0, 300)
                .mapToObj(i -> "user,one,Test,Person,%d-%s@async.example,,%s".formatted(i, account, password))
                .collect(Collectors.joining("\n", "role,companies,firstName,lastName,email,username,password\n", "\n"));
        Answer accepted = startImport(account, file);
        assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
        String location = accepted.response().headers().firstValue("Location").orElseThrow();
        String address = location.substring(location.indexOf("/accounts/"));
        await().atMost(Duration.ofMinutes(2))
                .until(() -> bed.service().get(address).json().path("done").asInt() > 5);
        assertThat(startImport(account, file).status()).isEqualTo(409);
        String stored =
                "SELECT count(*) FROM outbox_entry WHERE payload || coalesce(metadata, '') LIKE '%" + password + "%'";
        assertThat(bed.number(stored)).isZero();

        bed.kill();
        bed.startAgain();

        await().atMost(Duration.ofMinutes(2))
                .until(() ->
                        bed.service().get(address).json().path("state").asText().equals("failed"));
        assertThat(bed.service().get(address).json().at("/report/key").asText()).isEqualTo("wiseSyncImportInterrupted");
        assertThat(rows(account, "")).isZero();
        assertThat(startImport(account, file).status()).isEqualTo(202);
    }

    @Test
    void aUserWhoseLastStepFailsIsNotCreated() {
        String account = new People(bed.realm()).account("autotask", "one");
        String email = UUID.randomUUID() + "@failed.example";
        Api service = bed.service();
        service.get("/accounts");
        bed.change("ALTER TABLE credential RENAME TO credential_away");
        Answer failed;
        try {
            failed = service.post(
                    "/accounts/" + account + "/users",
                    UserBody.with(UserBody.newUser("user", email, "one"), "password", "correct horse"));
        } finally {
            bed.change("ALTER TABLE credential_away RENAME TO credential");
        }

        assertThat(failed.status()).as(failed.text()).isGreaterThanOrEqualTo(400);
        assertThat(rows(account, "")).isZero();
        assertThat(bed.number("SELECT count(*) FROM user_entity WHERE email = '" + email + "'"))
                .isZero();
    }

    /** RFC 9470: the client reads the challenge, sends its user to log in as required, and repeats the request. */
    @Test
    void aClientWithAnOldLoginFollowsTheChallenge() {
        People people = new People(bed.realm());
        String account = people.account("autotask", "one");
        Person admin = people.create(account, "account-admin");
        Person person = people.create(account, "user", "one");
        Login login = new Login(bed.server(), Application.CONSOLE);
        Tokens young = login.as(admin, bed.mailbox());
        String password = "/accounts/" + account + "/users/" + person.id() + "/password";
        assertThat(set(young, password).status()).isEqualTo(204);
        Tokens atAccountConsole = accountConsole(login);
        long sixteenMinutesAgo = Instant.now().minus(Duration.ofMinutes(16)).getEpochSecond();
        assertThat(bed.change(
                        "UPDATE offline_user_session SET data = regexp_replace(data, '\"AUTH_TIME\":\"[0-9]+\"', '\"AUTH_TIME\":\""
                                + sixteenMinutesAgo + "\"') WHERE user_id = '" + admin.id()
                                + "' AND data LIKE '%AUTH_TIME%'"))
                .isOne();
        // A server does not read sessions again that it has cached.
        bed.kill();
        bed.startAgain();
        Tokens old = young.refreshed(bed.server(), Application.CONSOLE);
        assertThat(api(old).get("/accounts/" + account).status())
                .as("good enough for the rest")
                .isEqualTo(200);

        String user = "/accounts/" + account + "/users/" + person.id();
        String same = person.username();
        assertThat(api(old).put(user, edit(same, same)).status()).isEqualTo(200);
        for (Answer refused : List.of(
                api(old).put(user, edit("new-" + same, same)),
                api(old).put(user, edit(same, "new-" + same)),
                api(old).delete(user + "/two-factor"),
                api(old).put(user + "/autotask-account", Map.of("username", same, "password", "secret")),
                api(old).delete(user + "/autotask-account"))) {
            assertThat(refused.status()).as(refused.text()).isEqualTo(401);
        }
        Tokens oldAtAccountConsole = atAccountConsole.refreshed(bed.server(), Application.ACCOUNT_CONSOLE);
        refusesEveryWriteOfTheAccountApi(oldAtAccountConsole);
        Answer challenged = set(old, password);

        assertThat(challenged.status()).as(challenged.text()).isEqualTo(401);
        assertThat(challenged.json().path("key").asText()).isEqualTo("wiseSyncLoginTooOld");
        Map<String, String> challenge = challenge(challenged);
        assertThat(challenge).containsEntry("error", "insufficient_user_authentication");
        Login again = new Login(bed.server(), Application.CONSOLE, login.visitor());
        Tokens fresh =
                again.tokens(again.through(again.start("max_age", challenge.get("max_age")), admin, bed.mailbox()));
        assertThat(set(fresh, password).status()).isEqualTo(204);
        Answer label = accountApi(accountConsole(again))
                .send("PUT", "/credentials/" + passwordOf(admin) + "/label", "mine", "Content-Type", "text/plain");
        assertThat(label.status()).as(label.text()).isNotEqualTo(401);
    }

    private Tokens accountConsole(Login login) {
        Login sameBrowser = new Login(bed.server(), Application.ACCOUNT_CONSOLE, login.visitor());
        return sameBrowser.tokens(sameBrowser.start());
    }

    private Api accountApi(Tokens tokens) {
        return new Api(bed.server().realmUrl() + "/account", tokens::access);
    }

    private String passwordOf(Person person) {
        return bed.realm().users().get(person.id()).credentials().get(0).getId();
    }

    /** Keycloak's account page asks for a login before these changes; its API has to as well. */
    private void refusesEveryWriteOfTheAccountApi(Tokens old) {
        Api account = accountApi(old);
        assertThat(account.send("GET", "/credentials", null, "Accept", "application/json")
                        .status())
                .as("good enough for reading")
                .isEqualTo(200);
        List<String> writes = List.of(
                "POST /",
                "DELETE /credentials/any",
                "PUT /credentials/any/label",
                "DELETE /sessions",
                "DELETE /sessions/any",
                "POST /applications/wise-pay/consent",
                "PUT /applications/wise-pay/consent",
                "DELETE /applications/wise-pay/consent",
                "DELETE /linked-accounts/any",
                "DELETE /v1alpha1/credentials/any");
        for (String write : writes) {
            String[] call = write.split(" ", 2);
            Answer refused = account.send(
                    call[0], call[1], "{}", "Accept", "application/json", "Content-Type", "application/json");
            assertThat(refused.status()).as(write + " " + refused.text()).isEqualTo(401);
            assertThat(challenge(refused))
                    .as(write)
                    .containsEntry("error", "insufficient_user_authentication")
                    .containsEntry("max_age", "900");
        }
    }

    private Answer set(Tokens tokens, String password) {
        return api(tokens).put(password, Map.of("password", "another one"));
    }

    private static Map<String, Object> edit(String email, String username) {
        return UserBody.edit("user", email, username, "one");
    }

    private Api api(Tokens tokens) {
        return new Api(bed.server().apiUrl(), tokens::access);
    }

    private static Map<String, String> challenge(Answer answer) {
        String header = answer.header("WWW-Authenticate").orElseThrow();
        assertThat(header).startsWith("Bearer ");
        return Pattern.compile("(\\w+)=\"([^\"]*)\"")
                .matcher(header)
                .results()
                .collect(Collectors.toMap(parameter -> parameter.group(1), parameter -> parameter.group(2)));
    }

    private long rows(String account, String query) {
        return bed.service()
                .get("/accounts/" + account + "/users" + query)
                .json()
                .path("total")
                .asLong();
    }

    private static Answer importFile(Api service, String account, String file) {
        return service.send("POST", "/accounts/" + account + "/users/import", file, "Content-Type", "text/csv");
    }

    private static String file(String mark) {
        return "role,companies,firstName,lastName,email\n"
                + IntStream.range(0, ROWS)
                        .mapToObj(i -> "user,one,Test,Person," + i + "-" + mark + "@import.example")
                        .collect(Collectors.joining("\n"));
    }

    private Answer startImport(String account, String file) {
        return bed.service()
                .send(
                        "POST",
                        "/accounts/" + account + "/users/import",
                        file,
                        "Content-Type",
                        "text/csv",
                        "Prefer",
                        "respond-async");
    }
}
