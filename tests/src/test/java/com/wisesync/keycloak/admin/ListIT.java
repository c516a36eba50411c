package com.wisesync.keycloak.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Testbed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The list of an account's users: search, filters, sort order, pages. */
@TestInstance(Lifecycle.PER_CLASS)
class ListIT {

    private record Listed(String lastName, String firstName, String username) {}

    private static final Testbed BED = Testbed.get();
    private final Api service = BED.serviceApi();
    private final String account = BED.people().account("other", "one", "two");
    private final String users = "/accounts/" + account + "/users";
    private final String mark = UUID.randomUUID().toString();

    /** Every third user has the same last name; the order of creation matches no sort order; one is disabled. */
    @BeforeAll
    void thirtyUsers() {
        List<String> rows = new ArrayList<>(List.of("role,companies,firstName,lastName,email,username"));
        for (int i = 0; i < 30; i++) {
            int n = i * 7 % 30;
            boolean admin = n < 10;
            rows.add(String.join(
                    ",",
                    admin ? "account-admin" : "user",
                    admin ? "" : n % 2 == 0 ? "one" : "one|two",
                    n == 13 ? "Zoë" : "First" + n,
                    List.of("miller", "Adams", "Moore").get(n % 3),
                    "mail" + n + "-" + mark + "@a.example",
                    "%02d-login-%s@b.example".formatted(n, mark)));
        }
        Answer imported = service.send("POST", users + "/import", String.join("\n", rows), "Content-Type", "text/csv");
        assertThat(imported.status()).as(imported.text()).isEqualTo(200);
        String disabled =
                service.get(users + "?search=zo%C3%AB").json().at("/users/0/id").asText();
        assertThat(service.post(users + "/" + disabled + "/disable", null).status())
                .isEqualTo(204);
    }

    @Test
    void sortedPagesContainEveryUserExactlyOnce() {
        List<Listed> all = Stream.of(0, 7, 14, 21, 28)
                .flatMap(first -> listed("?max=7&first=" + first).stream())
                .toList();

        assertThat(all).hasSize(30).doesNotHaveDuplicates();
        assertThat(all)
                .isSortedAccordingTo(
                        Comparator.comparing((Listed one) -> one.lastName().toLowerCase(Locale.ROOT))
                                .thenComparing(one -> one.firstName().toLowerCase(Locale.ROOT))
                                .thenComparing(Listed::username));
        assertThat(listed("")).as("20 by default").isEqualTo(all.subList(0, 20));
        assertThat(listed("?max=100")).isEqualTo(all);
        assertThat(listed("?first=30")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "-name", "username", "-username", "role", "-role", "lastLogin", "-lastLogin"})
    void pagesOfEachSortOrderContainEveryUserExactlyOnce(String sort) {
        List<Listed> all = Stream.of(0, 7, 14, 21, 28)
                .flatMap(first -> listed("?max=7&first=" + first + "&sort=" + sort).stream())
                .toList();

        assertThat(all).hasSize(30).doesNotHaveDuplicates();
        assertThat(listed("?max=100&sort=" + sort)).isEqualTo(all);
    }

    @Test
    void usersAreSortedByUsername() {
        assertThat(listed("?max=100&sort=username"))
                .hasSize(30)
                .isSortedAccordingTo(Comparator.comparing(Listed::username));
        assertThat(listed("?max=100&sort=-username"))
                .hasSize(30)
                .isSortedAccordingTo(Comparator.comparing(Listed::username).reversed());
    }

    @ParameterizedTest
    @CsvSource({
        "'', 30",
        "?first=29&max=1, 30",
        "?search=ZO%C3%8B, 1",
        "?search=%20first3%20, 1",
        "?search=illE, 10",
        "?search=MAIL29-, 1",
        "?search=05-LOGIN, 1",
        "?search=a.example, 30",
        "?search=%25, 0",
        "?search=_, 0",
        "?search=%5C, 0",
        "?search=%21, 0",
        "?search=%C2%A0first3%C2%A0miller, 1",
        "?search=%C2%A0, 30",
        "?search=unknown, 0",
        "?role=account-admin, 10",
        "?role=user, 20",
        "?role=merchant-user, 0",
        "?company=two, 10",
        "?company=gone, 0",
        "?enabled=false, 1",
        "?enabled=true&company=two, 9",
        "?role=user&company=two&enabled=true&search=moore, 4",
        "?role=account-admin&company=two, 0"
    })
    void countsAllMatchingUsersOnEveryPage(String query, int total) {
        assertThat(service.get(users + query).json().path("total").asInt()).isEqualTo(total);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"?max=0", "?max=101", "?max=x", "?first=-1", "?first=99999999999", "?role=root", "?enabled=maybe"
            })
    void refusesInvalidQueries(String query) {
        Answer refused = service.get(users + query);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(query).contains(refused.json().path("field").asText());
    }

    private List<Listed> listed(String query) {
        List<Listed> listed = new ArrayList<>();
        for (JsonNode user : service.get(users + query).json().path("users")) {
            listed.add(new Listed(
                    user.path("lastName").asText(),
                    user.path("firstName").asText(),
                    user.path("username").asText()));
        }
        return listed;
    }
}
