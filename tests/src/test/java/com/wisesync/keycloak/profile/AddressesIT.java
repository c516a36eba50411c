package com.wisesync.keycloak.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Mailbox;
import com.wisesync.keycloak.testing.People;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.UserBody;
import com.wisesync.keycloak.testing.WebPage;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.representations.idm.UserRepresentation;

/** Which addresses and names a user may have, through the admin API and through stock Keycloak. */
@TestInstance(Lifecycle.PER_CLASS)
class AddressesIT {

    private static final String USERNAME = "input[name=username]";

    private static final Testbed BED = Testbed.get();
    private final String users = "/accounts/" + BED.people().account("other", "one") + "/users";
    private final Api service = BED.serviceApi();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "o'brien-%s@test.example",
                "r&d/sales=eu-%s@test.example",
                "ada-%s@пример.example",
                "ada-%s@münchen.example"
            })
    void anAddressThatMailSystemsDeliverIsAUsername(String form) {
        String address = form.formatted(UUID.randomUUID());

        Answer created = service.post(users, user(address));

        assertThat(created.status()).as(created.text()).isEqualTo(201);
        Map<String, Object> edit = user(address);
        edit.put("username", address);
        edit.put("firstName", "Edited");
        edit.remove("password");
        Answer edited = service.put(users + "/" + created.createdId(), edit);
        assertThat(edited.status()).as(edited.text()).isEqualTo(200);
        assertThat(edited.json().path("username").asText()).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource({
        "ada-%s@straße.example, wiseSyncAddressLookalike",
        "ada-%s@аcme.example, wiseSyncAddressLookalike",
        "jürgen-%s@test.example, wiseSyncAddressUndeliverable"
    })
    void anAddressThatMayArriveElsewhereOrNowhereIsRefused(String form, String key) {
        Answer refused = service.post(users, user(form.formatted(UUID.randomUUID())));

        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.text()).contains(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x y-%s@test.example", "jürgen-%s@test.example", "\"quoted space %s\"@test.example"})
    void oneProblemOfAnEmailIsReportedOnce(String form) {
        Map<String, Object> user = user(form.formatted(UUID.randomUUID()));
        user.put("username", UUID.randomUUID() + "@test.example");

        Answer refused = service.post(users, user);

        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.json().path("field").asText()).isEqualTo("email");
        assertThat(refused.json().has("errors")).as(refused.text()).isFalse();
    }

    /** The order of the spellings and the path of the second one make no difference. */
    @ParameterizedTest
    @CsvSource({"münchen.example, xn--mnchen-3ya.example", "xn--mnchen-3ya.example, MÜNCHEN.example"})
    void twoSpellingsOfOneMailboxAreOneAddress(String first, String second) {
        String name = UUID.randomUUID().toString();
        assertThat(service.post(users, user(name + "@" + first)).status()).isEqualTo(201);

        Answer taken = service.post(users, user(name + "@" + second));

        assertThat(taken.status()).as(taken.text()).isEqualTo(409);
        assertThat(taken.json().path("key").asText()).isEqualTo("wiseSyncAddressTaken");
        UserRepresentation stock = new UserRepresentation();
        stock.setUsername(UUID.randomUUID() + "@test.example");
        stock.setEmail(name + "@" + second);
        assertThat(BED.realm().users().create(stock).getStatus()).isEqualTo(409);
    }

    @Test
    void quotesThatALocalPartDoesNotNeedMakeNoOtherAddress() {
        String name = UUID.randomUUID().toString();
        assertThat(service.post(users, user(name + "@test.example")).status()).isEqualTo(201);

        Answer taken = service.post(users, user('"' + name + "\"@test.example"));

        assertThat(taken.status()).as(taken.text()).isEqualTo(409);
    }

    /** Imports do not normalize: a user may be stored in either spelling. */
    @ParameterizedTest
    @CsvSource({
        "münchen.example, XN--MNCHEN-3YA.example",
        "xn--mnchen-3ya.example, münchen.example",
        "münchen.example, mu\u0308nchen.example"
    })
    void theOtherSpellingLogsInAndRequestsAPasswordLink(String stored, String typed) {
        String name = UUID.randomUUID().toString();
        Person person = BED.people().imported(People.newUser(name + "@" + stored));
        BED.people().join(person.id(), BED.people().account("other", "one"));
        BED.people().grant(person.id(), "merchant-user");
        Person typing = new Person(person.id(), name + "@" + typed, person.password());
        Login login = BED.login(Application.WISE_PAY);

        WebPage refused = login.password(login.start(), new Person(null, typing.username(), "mistaken"));
        WebPage forgotten = login.visitor().press(refused, "a[href*=reset-credentials]");
        login.visitor().submit(forgotten, USERNAME, Map.of("username", typing.username()));
        Login again = BED.login(Application.WISE_PAY);
        WebPage code = again.password(again.start(), typing);

        assertThat(refused.find(USERNAME).orElseThrow().val()).isEqualTo(typing.username());
        assertThat(forgotten.find(USERNAME).orElseThrow().val()).isIn("", typing.username());
        assertThat(code.has(Login.CODE)).as(code.toString()).isTrue();
        Awaitility.await()
                .atMost(Mailbox.TIMEOUT)
                .until(() -> BED.mailbox().all().stream()
                        .filter(mail -> mail.to().startsWith(name))
                        .anyMatch(mail -> mail.text().contains("/action-token")));
    }

    @ParameterizedTest
    @CsvSource({"O\u2019Brien, R&D / Sales (EU)", "Suharto, ''", "'', Madonna"})
    void realNamesAreAccepted(String firstName, String lastName) {
        Map<String, Object> user = user(UUID.randomUUID() + "@test.example");
        user.put("firstName", firstName);
        user.put("lastName", lastName);

        Answer created = service.post(users, user);

        assertThat(created.status()).as(created.text()).isEqualTo(201);
        Answer read = service.get(users + "/" + created.createdId());
        assertThat(read.json().path("firstName").asText("")).isEqualTo(firstName);
        assertThat(read.json().path("lastName").asText("")).isEqualTo(lastName);
        UserRepresentation stock = BED.realm().users().get(created.createdId()).toRepresentation();
        BED.realm().users().get(created.createdId()).update(stock);
    }

    @Test
    void aUserWithoutAnyNameIsRefused() {
        Map<String, Object> user = user(UUID.randomUUID() + "@test.example");
        user.remove("firstName");
        user.put("lastName", " ");

        Answer refused = service.post(users, user);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("key").asText()).isEqualTo("wiseSyncNameMissing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"M\uFFFDller", "<script>"})
    void aNameThatWasDecodedWronglyOrIsMarkupIsRefused(String name) {
        Map<String, Object> user = user(UUID.randomUUID() + "@test.example");
        user.put("lastName", name);

        Answer refused = service.post(users, user);
        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.json().path("field").asText()).isEqualTo("lastName");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "brien%20sean",
                "O'Brien",
                "o%E2%80%99brien",
                "o%CA%BCbrien",
                "%20%20sean%20%20o'b%20",
                "sean%09o'brien",
                "O'Brien,%20Sean",
                "%E2%80%8Esean%0Ao'brien%EF%BF%BD",
                "sean-of-search"
            })
    void theSearchFindsWordsInAnyOrderAndAnyApostrophe(String search) {
        String account = "/accounts/" + BED.people().account("other", "one") + "/users";
        for (String[] name : new String[][] {
            {"Sean", "O'Brien"},
            {"Sean", "O\u2018Brien"},
            {"Sean", "O\u2019Brien"},
            {"Sean", "O\u02BCBrien"},
            {"Sean", "O\u00B4Brien"},
            {"Sean", "O`Brien"},
            {"Sean", "Archer"}
        }) {
            Map<String, Object> user = user("sean-of-search-" + UUID.randomUUID() + "@test.example");
            user.put("firstName", name[0]);
            user.put("lastName", name[1]);
            assertThat(service.post(account, user).status()).isEqualTo(201);
        }

        assertThat(service.get(account + "?search=" + search)
                        .json()
                        .path("total")
                        .asInt())
                .isEqualTo(search.startsWith("sean-") ? 7 : 6);
    }

    private static Map<String, Object> user(String address) {
        return UserBody.with(UserBody.newUser("user", address, "one"), "password", "a-secret-password");
    }
}
