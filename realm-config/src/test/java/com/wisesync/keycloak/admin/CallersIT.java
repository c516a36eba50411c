package com.wisesync.keycloak.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.keycloak.representations.idm.OrganizationRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** Every call by every kind of caller. What is asked for has no content, so that whoever may call changes nothing. */
class CallersIT {

    private static final Testbed BED = Testbed.get();
    private static final int MAY = 0;
    private static final String NOBODY = "00000000-0000-4000-8000-000000000000";

    private record Row(String method, String path, int user, int self, int adminOwn, int adminOther, int staff) {}

    /** In the order of DESIGN section 3; {a} is Acme's id, {u} Uma's. */
    private static final List<Row> TABLE = List.of(
            new Row("GET", "/me", MAY, MAY, MAY, MAY, MAY),
            new Row("GET", "/accounts", 403, 403, MAY, MAY, MAY),
            new Row("POST", "/accounts", 403, 403, 403, 403, MAY),
            new Row("GET", "/accounts/{a}", 403, 403, MAY, 404, MAY),
            new Row("PUT", "/accounts/{a}", 403, 403, 403, 404, MAY),
            new Row("GET", "/accounts/{a}/companies", 403, 403, MAY, 404, MAY),
            new Row("PUT", "/accounts/{a}/companies/none", 403, 403, 403, 404, MAY),
            new Row("DELETE", "/accounts/{a}/companies/none", 403, 403, 403, 404, MAY),
            new Row("GET", "/accounts/{a}/users", 403, 403, MAY, 404, MAY),
            new Row("POST", "/accounts/{a}/users", 403, 403, MAY, 404, MAY),
            new Row("POST", "/accounts/{a}/users/import?dryRun=true", 403, 403, MAY, 404, MAY),
            new Row("GET", "/accounts/{a}/users/{u}", 403, MAY, MAY, 404, MAY),
            new Row("PUT", "/accounts/{a}/users/{u}", 403, MAY, MAY, 404, MAY),
            new Row("PUT", "/accounts/{a}/users/{u}/password", 403, 403, MAY, 404, MAY),
            new Row("GET", "/accounts/{a}/users/{u}/wise-pay-links", 403, 403, MAY, 404, MAY),
            new Row("GET", "/accounts/{a}/users/{u}/deactivations", 403, 403, MAY, 404, MAY),
            new Row("GET", "/accounts/{a}/users/{u}/autotask-account", 403, 403, MAY, 404, MAY),
            new Row("PUT", "/accounts/{a}/users/{u}/autotask-account", 403, 403, MAY, 404, MAY),
            new Row("GET", "/accounts/{a}/users/{u}/autotask-account/secret", 403, 403, 403, 404, 403),
            new Row("GET", "/deactivations", 403, 403, 403, 403, MAY),
            new Row("POST", "/deactivations/none/retry", 403, 403, 403, 403, MAY));

    /** What would change something even without content: only those are asked who may not. */
    private static final List<Row> WITHOUT_CONTENT = List.of(
            new Row("POST", "/accounts/{a}/users/{u}/reset-password", 403, 403, MAY, 404, MAY),
            new Row("POST", "/accounts/{a}/users/{u}/disable", 403, 403, MAY, 404, MAY),
            new Row("POST", "/accounts/{a}/users/{u}/enable", 403, 403, MAY, 404, MAY),
            new Row("DELETE", "/accounts/{a}/users/{u}/two-factor", 403, 403, MAY, 404, MAY),
            new Row("DELETE", "/accounts/{a}/users/{u}/autotask-account", 403, 403, MAY, 404, MAY));

    @TestFactory
    Stream<DynamicTest> aMerchantMayNothingButAskWhoTheyAre() {
        return everybody(BED.api(Person.MIA), Row::user);
    }

    @TestFactory
    Stream<DynamicTest> aUserMayReadAndEditThemselves() {
        return everybody(BED.api(Person.UMA), Row::self);
    }

    @TestFactory
    Stream<DynamicTest> anAccountAdminMayLookAfterTheirAccount() {
        return everybody(BED.api(Person.ADA), Row::adminOwn);
    }

    @TestFactory
    Stream<DynamicTest> anAccountAdminFindsNothingOfAnotherAccount() {
        return everybody(BED.api(Person.GUS), Row::adminOther);
    }

    @TestFactory
    Stream<DynamicTest> staffMayEverythingButReadSecrets() {
        return everybody(BED.api(Person.SAM), Row::staff);
    }

    @TestFactory
    Stream<DynamicTest> aServiceHasTheRightsOfStaff() {
        return everybody(BED.serviceApi(), row -> row.path().endsWith("/secret") ? MAY : row.staff());
    }

    @TestFactory
    Stream<DynamicTest> withoutATokenNothingIsAnswered() {
        return everybody(BED.api((String) null), row -> 401);
    }

    @TestFactory
    Stream<DynamicTest> aTokenOfAnApplicationOpensNothing() {
        String token = BED.logIn(Person.ADA, Application.WISE_SYNC).access();
        return everybody(BED.api(token), row -> 403);
    }

    @TestFactory
    Stream<DynamicTest> aTokenOfAnotherRealmOpensNothing() {
        String token = BED.adminClient().tokenManager().getAccessTokenString();
        return everybody(BED.api(token), row -> 403);
    }

    @TestFactory
    Stream<DynamicTest> whoIsDisabledHoldsATokenForNothing() {
        Person admin = BED.people().in(DemoAccounts.ACME, "account-admin");
        String token = BED.logIn(admin, Application.CONSOLE).access();
        UserRepresentation user = BED.realm().users().get(admin.id()).toRepresentation();
        user.setEnabled(false);
        BED.realm().users().get(admin.id()).update(user);
        return everybody(BED.api(token), row -> 401);
    }

    @TestFactory
    Stream<DynamicTest> whoLostTheirRoleHoldsATokenForNothing() {
        Person admin = BED.people().in(DemoAccounts.ACME, "account-admin");
        String token = BED.logIn(admin, Application.CONSOLE).access();
        BED.realm()
                .users()
                .get(admin.id())
                .roles()
                .realmLevel()
                .add(List.of(BED.realm().roles().get("merchant-user").toRepresentation()));
        return everybody(BED.api(token), Row::user);
    }

    @Test
    void nothingIsForUsersOfADisabledAccountAndStaffStillSeeIt() {
        String account = BED.people().account("other", "one");
        Person admin = BED.people().in(account, "account-admin");
        Api api = BED.api(BED.logIn(admin, Application.CONSOLE).access());
        assertThat(api.get("/accounts/" + account).status()).isEqualTo(200);

        OrganizationRepresentation organization =
                BED.realm().organizations().get(account).toRepresentation();
        organization.setEnabled(false);
        BED.realm().organizations().get(account).update(organization).close();

        assertThat(api.get("/me").status()).isEqualTo(403);
        assertThat(api.get("/accounts/" + account).status()).isEqualTo(403);
        Answer seen = BED.serviceApi().get("/accounts/" + account);
        assertThat(seen.status()).isEqualTo(200);
        assertThat(seen.json().path("enabled").asBoolean()).isFalse();
        assertThat(seen.json().findValuesAsText("key")).contains("wiseSyncWarningDisabled");
    }

    @Test
    void whatIsNowhereIsAnsweredAsWhatIsElsewhere() {
        Api gus = BED.api(Person.GUS);

        Answer elsewhere = gus.get("/accounts/" + DemoAccounts.ACME);
        Answer nowhere = gus.get("/accounts/" + NOBODY);
        assertThat(elsewhere.status()).isEqualTo(nowhere.status()).isEqualTo(404);
        assertThat(elsewhere.text()).isEqualTo(nowhere.text());

        Answer somebodyElses = gus.get("/accounts/" + DemoAccounts.GLOBEX + "/users/" + Person.UMA.id());
        Answer nobodys = gus.get("/accounts/" + DemoAccounts.GLOBEX + "/users/" + NOBODY);
        assertThat(somebodyElses.status()).isEqualTo(nobodys.status()).isEqualTo(404);
        assertThat(somebodyElses.text()).isEqualTo(nobodys.text());
    }

    @Test
    void anAccountAdminChangesNoColleagueOfHigherRank() {
        String account = BED.people().account("autotask", "one");
        Person admin = BED.people().in(account, "account-admin");
        Person colleague = BED.people().in(account, "user", "one");
        BED.realm()
                .users()
                .get(colleague.id())
                .roles()
                .realmLevel()
                .add(List.of(BED.realm().roles().get("support").toRepresentation()));
        Api api = BED.api(BED.logIn(admin, Application.CONSOLE).access());
        String path = "/accounts/" + account + "/users/" + colleague.id();

        assertThat(api.get(path).status()).isEqualTo(200);
        assertThat(api.put(path + "/password", Map.of("password", "taken-over")).status())
                .isEqualTo(403);
        assertThat(api.post(path + "/disable", null).status()).isEqualTo(403);
        assertThat(api.post(path + "/reset-password", null).status()).isEqualTo(403);
    }

    @Test
    void anAccountAdminHasNoOtherAdminApi() {
        Api stock = new Api(
                BED.server().url() + "/admin/realms/wise-sync",
                () -> BED.logIn(Person.ADA, Application.CONSOLE).access());

        assertThat(stock.get("/users").status()).isEqualTo(403);
        assertThat(stock.get("/organizations").status()).isEqualTo(403);
    }

    @Test
    void saysWhoIsCalling() {
        Answer ada = BED.api(Person.ADA).get("/me");

        assertThat(ada.json().path("role").asText()).isEqualTo("account-admin");
        assertThat(ada.json().path("account").path("name").asText()).isEqualTo("Acme MSP");
        assertThat(ada.json().path("account").path("psa").asText()).isEqualTo("autotask");
        assertThat(ada.json().path("staff").asBoolean()).isFalse();
        assertThat(ada.json().path("permissions")).isNotEmpty();

        Answer sam = BED.api(Person.SAM).get("/me");
        assertThat(sam.json().path("staff").asBoolean()).isTrue();
        assertThat(sam.json().has("account")).isFalse();
    }

    private static Stream<DynamicTest> everybody(Api api, Function<Row, Integer> expected) {
        Stream<Row> refused = WITHOUT_CONTENT.stream().filter(row -> expected.apply(row) != MAY);
        return Stream.concat(TABLE.stream(), refused)
                .map(row -> DynamicTest.dynamicTest(
                        row.method() + " " + row.path(), () -> check(call(api, row), expected.apply(row))));
    }

    private static Answer call(Api api, Row row) {
        String path = row.path().replace("{a}", DemoAccounts.ACME).replace("{u}", Person.UMA.id());
        boolean csv = path.contains("/import");
        String body = row.method().equals("PUT") || path.equals("/accounts") || path.endsWith("/users") ? "{}" : null;
        return csv
                ? api.send(row.method(), path, "", "Content-Type", "text/csv")
                : api.send(row.method(), path, row.method().equals("GET") ? null : body);
    }

    private static void check(Answer answer, int expected) {
        if (expected == MAY) {
            assertThat(answer.status()).as(answer.text()).isNotIn(401, 403, 500);
            if (answer.status() == 404) {
                // What is asked for is not there; Uma and her account are.
                assertThat(answer.response().uri().getPath()).containsAnyOf("none", "/secret");
            }
        } else {
            assertThat(answer.status()).as(answer.text()).isEqualTo(expected);
        }
    }
}
