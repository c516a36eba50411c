package com.wisesync.keycloak.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.UserBody;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * Objects of another account are answered with the same bytes as objects that do not exist. Covers CVE-2026-14209,
 * -14613, -14615, -16108, -17059 (lists that leaked) and GHSA-cpf4-pmr4-w6cx.
 */
@TestInstance(Lifecycle.PER_CLASS)
class OtherAccountsIT {

    private static final String UNKNOWN_ID = "00000000-0000-4000-8000-000000000000";

    private final Testbed testbed = Testbed.get();
    private final String own = testbed.people().account("autotask", "one");
    private final String foreign = testbed.people().account("autotask", "one", "secret-company");
    private final Person neighbour = testbed.people().create(foreign, "user", "secret-company");
    private Api admin;
    private Api user;

    @BeforeAll
    void logIn() {
        admin = api(testbed.people().create(own, "account-admin"));
        user = api(testbed.people().create(own, "user", "one"));
    }

    @TestFactory
    Stream<DynamicTest> anotherAccountIsNotFound() {
        return Matrix.rows().stream()
                .filter(row -> row.path().contains("{account}"))
                .map(row -> DynamicTest.dynamicTest(row.call(), () -> {
                    for (Api caller : List.of(admin, user)) {
                        assertSame(
                                call(caller, row, foreign, neighbour.id()), call(caller, row, UNKNOWN_ID, UNKNOWN_ID));
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> aUserOfAnotherAccountIsNotFound() {
        return Matrix.rows().stream()
                .filter(row -> row.path().contains("{user}"))
                .map(row -> DynamicTest.dynamicTest(row.call(), () -> {
                    for (Api caller : List.of(admin, user)) {
                        assertSame(call(caller, row, own, neighbour.id()), call(caller, row, own, UNKNOWN_ID));
                    }
                }));
    }

    @Test
    void searchesFindNoUsersOfOtherAccounts() {
        String users = "/accounts/" + own + "/users?";
        for (String search :
                List.of(neighbour.username(), neighbour.id(), "id:" + neighbour.id(), foreign, "secret-company")) {
            assertThat(admin.get(users + "search=" + search)
                            .json()
                            .path("total")
                            .asInt())
                    .as(search)
                    .isZero();
            assertSame(admin.get("/accounts?search=" + search), admin.get("/accounts?search=" + UNKNOWN_ID));
        }
        assertSame(admin.get(users + "company=secret-company"), admin.get(users + "company=unknown-company"));
    }

    @Test
    void aCompanyOfAnotherAccountCannotBeAssigned() {
        Answer elsewhere = create("secret-company", UUID.randomUUID() + "@test.example");
        Answer nowhere = create("unknown-company", UUID.randomUUID() + "@test.example");

        assertThat(elsewhere.status()).isEqualTo(400);
        assertThat(elsewhere.text().replace("secret-company", "?"))
                .isEqualTo(nowhere.text().replace("unknown-company", "?"));
    }

    /** The only information disclosed: an address is taken in the realm, but not by which user or account. */
    @Test
    void aTakenAddressRevealsNothingElse() {
        Person colleague = testbed.people().create(own, "user", "one");

        Answer elsewhere = create("one", neighbour.username());
        Answer here = create("one", colleague.username());

        assertThat(elsewhere.status()).isEqualTo(409);
        assertThat(elsewhere.text().replace(neighbour.username(), "?"))
                .isEqualTo(here.text().replace(colleague.username(), "?"));
    }

    private Answer create(String company, String email) {
        return admin.post("/accounts/" + own + "/users", UserBody.newUser("user", email, company));
    }

    private static Answer call(Api caller, Matrix row, String account, String user) {
        String path = row.path()
                .replace("{account}", account)
                .replace("{user}", user)
                .replace("{import}", "none")
                .replace("{company}", "secret-company")
                .replace("{token}", "none");
        String type = path.endsWith("/import") ? "text/csv" : "application/json";
        return caller.send(row.method(), path, row.body(), "Content-Type", type);
    }

    private static void assertSame(Answer elsewhere, Answer nowhere) {
        assertThat(elsewhere.status()).isEqualTo(nowhere.status());
        assertThat(elsewhere.text()).isEqualTo(nowhere.text());
        assertThat(headers(elsewhere)).isEqualTo(headers(nowhere));
    }

    private static Map<String, List<String>> headers(Answer answer) {
        Map<String, List<String>> headers =
                new TreeMap<>(answer.response().headers().map());
        headers.remove("date");
        return headers;
    }

    private Api api(Person person) {
        return testbed.api(testbed.logIn(person, Application.CONSOLE).access());
    }
}
