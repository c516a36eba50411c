package com.wisesync.keycloak.claims;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.Tokens;
import com.wisesync.keycloak.testing.WebPage;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.OrganizationRepresentation;

/** The claims that an application receives. */
class ClaimsIT {

    private final Testbed testbed = Testbed.get();

    @Test
    void aUserHasTheCompaniesAssignedToThem() {
        Person user = testbed.people().create(DemoAccounts.ACME, "user", "acme-us", "acme-au");

        Tokens tokens = testbed.logIn(user, Application.WISE_SYNC);

        assertClaims(tokens.accessClaims(), "user", "listed", "acme-au", "acme-us");
        assertClaims(tokens.idClaims(), "user", "listed", "acme-au", "acme-us");
        assertClaims(userinfo(tokens).json(), "user", "listed", "acme-au", "acme-us");
        assertThat(tokens.accessClaims().at("/account/id").asText()).isEqualTo(DemoAccounts.ACME);
        assertThat(tokens.accessClaims().at("/account/name").asText()).isEqualTo("Acme MSP");
    }

    @Test
    void aMerchantHasNoCompany() {
        Person merchant = testbed.people().create(DemoAccounts.ACME, "merchant-admin");

        assertClaims(testbed.logIn(merchant, Application.WISE_PAY).accessClaims(), "merchant-admin", "none");
    }

    @Test
    void aCompanyConnectedASecondAgoIsInTheNextToken() {
        String account = testbed.people().account("other", "one");
        Person admin = testbed.people().create(account, "account-admin");
        Tokens tokens = testbed.logIn(admin, Application.WISE_SYNC);
        assertClaims(tokens.accessClaims(), "account-admin", "all", "one");
        OrganizationRepresentation organization =
                testbed.realm().organizations().get(account).toRepresentation();
        organization.singleAttribute("company.two", "Two").singleAttribute("company.two.package", "myob");
        testbed.realm().organizations().get(account).update(organization).close();

        Tokens refreshed = tokens.refreshed(testbed.server(), Application.WISE_SYNC);

        assertClaims(refreshed.accessClaims(), "account-admin", "all", "one", "two");
    }

    @Test
    void aThousandCompaniesFitNoTokenAndAreInUserinfo() {
        String[] companies = IntStream.rangeClosed(1, 1000)
                .mapToObj("company-with-a-long-name-%04d"::formatted)
                .toArray(String[]::new);
        Person admin = testbed.people().create(testbed.people().account("other", companies), "account-admin");
        Login login = testbed.login(Application.WISE_SYNC);

        Tokens tokens = login.as(admin, testbed.mailbox());

        assertThat(tokens.access()).hasSizeLessThan(4096);
        assertThat(tokens.id()).hasSizeLessThan(4096);
        assertThat(tokens.accessClaims().path("company_access").asText()).isEqualTo("all");
        assertThat(tokens.accessClaims().has("companies")).isFalse();
        assertThat(userinfo(tokens).json().get("companies")).hasSize(1000);
        assertThat(introspection(tokens).json().get("companies")).hasSize(1000);
        WebPage after = login.visitor()
                .open(testbed.server().realmUrl() + "/protocol/openid-connect/logout?id_token_hint=" + tokens.id()
                        + "&post_logout_redirect_uri="
                        + URLEncoder.encode(Application.WISE_SYNC.redirect(), StandardCharsets.UTF_8));
        assertThat(after.uri().toString()).startsWith(Application.WISE_SYNC.redirect());
    }

    private Answer userinfo(Tokens tokens) {
        return new Api(testbed.server().realmUrl(), tokens::access).get("/protocol/openid-connect/userinfo");
    }

    private Answer introspection(Tokens tokens) {
        return new Api(testbed.server().realmUrl(), () -> null)
                .send(
                        "POST",
                        "/protocol/openid-connect/token/introspect",
                        "client_id=wise-sync-app&client_secret=wise-sync-app-secret&token=" + tokens.access(),
                        "Content-Type",
                        "application/x-www-form-urlencoded");
    }

    private static void assertClaims(JsonNode claims, String role, String access, String... companies) {
        assertThat(claims.path("account_role").asText()).isEqualTo(role);
        assertThat(claims.path("company_access").asText()).isEqualTo(access);
        assertThat(StreamSupport.stream(claims.path("companies").spliterator(), false)
                        .map(JsonNode::asText))
                .containsExactlyInAnyOrder(companies);
    }
}
