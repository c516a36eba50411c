package com.wisesync.keycloak.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.UserBody;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Changes of many users at once: all or none, with a report per user. */
@TestInstance(Lifecycle.PER_CLASS)
class BulkIT {

    private static final Testbed BED = Testbed.get();

    private final String account = BED.people().account("autotask", "one", "two");
    private final String users = "/accounts/" + account + "/users/";
    private final Person admin = BED.people().create(account, "account-admin");
    private final Api api = BED.api(BED.logIn(admin, Application.CONSOLE).access());

    @Test
    void companiesAreAssignedAndUnassigned() {
        Person first = BED.people().create(account, "user", "one");
        Person second = BED.people().create(account, "user", "one", "two");
        Map<String, Object> assign = order("assign", List.of("two"), first.id(), second.id());

        Answer dry = api.post(users + "bulk?dryRun=true", assign);
        assertThat(dry.status()).as(dry.text()).isEqualTo(200);
        assertThat(dry.json().findValuesAsText("outcome")).containsExactly("valid", "unchanged");
        assertThat(companies(first)).isEqualTo("[\"one\"]");

        Answer assigned = api.post(users + "bulk", assign);
        assertThat(assigned.json().path("changed").asInt()).isEqualTo(1);
        assertThat(companies(first)).isEqualTo("[\"one\",\"two\"]");

        Answer unassigned = api.post(users + "bulk", order("unassign", List.of("one"), first.id(), second.id()));
        assertThat(unassigned.status()).as(unassigned.text()).isEqualTo(200);
        assertThat(companies(first)).isEqualTo("[\"two\"]");
        assertThat(companies(second)).isEqualTo("[\"two\"]");
    }

    @Test
    void nothingIsChangedIfOneUserIsInvalid() {
        Person user = BED.people().create(account, "user", "one");
        Person merchant = BED.people().create(account, "merchant-user");
        Person foreign = BED.people().create(BED.people().account("autotask", "one"), "user", "one");

        Answer refused =
                api.post(users + "bulk", order("assign", List.of("two"), user.id(), merchant.id(), foreign.id()));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("users").findValuesAsText("outcome"))
                .containsExactly("valid", "invalid", "invalid");
        assertThat(refused.json().path("users").findValuesAsText("key"))
                .containsExactly("wiseSyncCompaniesNeedRoleUser", "wiseSyncNotFound");
        assertThat(companies(user)).isEqualTo("[\"one\"]");
        Answer last = api.post(users + "bulk", order("unassign", List.of("one"), user.id()));
        assertThat(last.json().path("users").findValuesAsText("key")).containsExactly("wiseSyncBulkNoOtherCompany");
        assertThat(last.json().at("/users/0/errors/0/errorMessage").asText())
                .endsWith("has no other company. Assign another one first, or disable the user.");
        assertThat(companies(user)).isEqualTo("[\"one\"]");
    }

    @Test
    void aUserWithoutACompanyIsNotChangedByRemovingOne() {
        Person without = BED.people().create(account, "user");
        Person with = BED.people().create(account, "user", "one", "two");

        Answer unassigned = api.post(users + "bulk", order("unassign", List.of("two"), without.id(), with.id()));

        assertThat(unassigned.status()).as(unassigned.text()).isEqualTo(200);
        assertThat(unassigned.json().path("users").findValuesAsText("outcome")).containsExactly("unchanged", "changed");
    }

    @Test
    void disablingListsTheActiveLinksFirstAndRefusesTheCaller() {
        Person user = BED.people().create(account, "user", "one");

        Answer dry = api.post(users + "bulk?dryRun=true", order("disable", List.of(), user.id()));
        Answer self = api.post(users + "bulk", order("disable", List.of(), user.id(), admin.id()));
        assertThat(enabled(user)).isTrue();
        Answer disabled = api.post(users + "bulk", order("disable", List.of(), user.id()));

        assertThat(dry.status()).as(dry.text()).isEqualTo(200);
        assertThat(dry.json().path("linksComplete").asBoolean()).isTrue();
        assertThat(dry.json().at("/users/0/links").isArray()).isTrue();
        assertThat(self.status()).isEqualTo(400);
        assertThat(self.json().path("users").findValuesAsText("key")).containsExactly("wiseSyncNotYourself");
        assertThat(disabled.status()).as(disabled.text()).isEqualTo(200);
        assertThat(enabled(user)).isFalse();
    }

    @Test
    void theDryRunOfDisableListsTheLinksOfEveryUserAndReportsAMissingAnswer() {
        String[] ids = IntStream.range(0, 12)
                .mapToObj(i -> BED.people().create(account, "user", "one").id())
                .toArray(String[]::new);
        Stream.of(ids).forEach(BED.wisePay()::addOneOfEach);

        Answer dry = api.post(users + "bulk?dryRun=true", order("disable", List.of(), ids));

        assertThat(dry.status()).as(dry.text()).isEqualTo(200);
        assertThat(dry.json().path("linksComplete").asBoolean()).isTrue();
        assertThat(dry.json().path("users").findValuesAsText("username")).hasSize(ids.length);
        assertThat(dry.json().path("users"))
                .allSatisfy(row -> assertThat(row.path("links"))
                        .as(row.toString())
                        .hasSize(3)
                        .allSatisfy(link -> assertThat(link.path("id").asText())
                                .endsWith(row.path("id").asText())));

        BED.wisePay().failNextReads(ids[0], 1, 500);
        Answer incomplete = api.post(users + "bulk?dryRun=true", order("disable", List.of(), ids));
        assertThat(incomplete.status()).as(incomplete.text()).isEqualTo(200);
        assertThat(incomplete.json().path("linksComplete").asBoolean()).isFalse();
        assertThat(incomplete.json().at("/users/0").has("links")).isFalse();
    }

    @Test
    void onlyInvitedUsersAreInvitedAgain() {
        String address = "bulk-" + UUID.randomUUID() + "@test.example";
        String invited = api.post("/accounts/" + account + "/users", UserBody.newUser("user", address, "one"))
                .createdId();
        String first = BED.mailbox().take(address).link().orElseThrow();
        Person member = BED.people().create(account, "user", "one");

        Answer refused = api.post(users + "bulk", order("invite", List.of(), invited, member.id()));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("users").findValuesAsText("outcome")).containsExactly("valid", "invalid");
        assertThat(refused.json().path("users").findValuesAsText("key")).containsExactly("wiseSyncBulkNotInvited");
        Answer dry = api.post(users + "bulk?dryRun=true", order("invite", List.of(), invited));
        assertThat(dry.json().path("users").findValuesAsText("outcome")).containsExactly("valid");

        Answer sent = api.post(users + "bulk", order("invite", List.of(), invited));

        assertThat(sent.status()).as(sent.text()).isEqualTo(200);
        assertThat(sent.json().path("changed").asInt()).isOne();
        assertThat(BED.mailbox().take(address).link().orElseThrow()).isNotEqualTo(first);
        assertThat(BED.mailbox().all(address))
                .as("the refused order and the dry run sent nothing")
                .hasSize(2);

        assertThat(api.delete(users + invited + "/invitation").status()).isEqualTo(204);
        Answer revoked = api.post(users + "bulk?dryRun=true", order("invite", List.of(), invited));
        assertThat(revoked.json().path("users").findValuesAsText("outcome")).containsExactly("invalid");
        assertThat(revoked.json().path("users").findValuesAsText("key"))
                .containsExactly("wiseSyncBulkInvitationRevoked");
        assertThat(api.post(users + invited + "/invitation", null).status()).isEqualTo(204);
        BED.mailbox().take(address);

        assertThat(api.post(users + invited + "/disable", null).status()).isEqualTo(204);
        Answer disabled = api.post(users + "bulk", order("invite", List.of(), invited));
        assertThat(disabled.status()).isEqualTo(400);
        assertThat(disabled.json().path("users").findValuesAsText("key")).containsExactly("wiseSyncUserIsDisabled");
    }

    @Test
    void aRepeatedIdCountsOnce() {
        Person user = BED.people().create(account, "user", "one");

        Answer assigned = api.post(users + "bulk", order("assign", List.of("two", "two"), user.id(), user.id()));

        assertThat(assigned.status()).as(assigned.text()).isEqualTo(200);
        assertThat(assigned.json().path("total").asInt()).isOne();
        assertThat(assigned.json().path("changed").asInt()).isOne();
        assertThat(assigned.json().path("users")).hasSize(1);
        assertThat(companies(user)).isEqualTo("[\"one\",\"two\"]");
    }

    @Test
    void moreThan500UsersAreRefusedWithTheLimit() {
        String[] ids =
                Stream.generate(() -> UUID.randomUUID().toString()).limit(501).toArray(String[]::new);

        Answer refused = api.post(users + "bulk", order("disable", List.of(), ids));
        Answer allowed = api.post(users + "bulk", order("disable", List.of(), Arrays.copyOf(ids, 500)));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("errorMessage").asText()).isEqualTo("Select 1 to 500 users.");
        assertThat(refused.json().path("field").asText()).isEqualTo("users");
        // No id belongs to a user of the account; each is reported.
        assertThat(allowed.json().path("users")).hasSize(500);
    }

    @Test
    void anInvalidOrderIsRefused() {
        Person user = BED.people().create(account, "user", "one");

        assertThat(api.post(users + "bulk", order("delete", List.of(), user.id()))
                        .status())
                .isEqualTo(400);
        assertThat(api.post(users + "bulk", order("assign", List.of(), user.id()))
                        .status())
                .isEqualTo(400);
        assertThat(api.post(users + "bulk", order("assign", List.of("nowhere"), user.id()))
                        .status())
                .isEqualTo(400);
        assertThat(api.post(users + "bulk", order("disable", List.of())).status())
                .isEqualTo(400);
        assertThat(api.post(users + "bulk", order("invite", List.of("one"), user.id()))
                        .status())
                .isEqualTo(400);
    }

    private static Map<String, Object> order(String action, List<String> companies, String... ids) {
        return Map.of("action", action, "companies", companies, "users", List.of(ids));
    }

    private String companies(Person person) {
        return api.get(users + person.id()).json().path("companies").toString();
    }

    private boolean enabled(Person person) {
        return api.get(users + person.id()).json().path("enabled").asBoolean();
    }
}
