package com.wisesync.keycloak.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Query;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.Tokens;
import com.wisesync.keycloak.testing.WebPage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.resource.UserResource;
import org.keycloak.representations.idm.ClientPoliciesRepresentation;
import org.keycloak.representations.idm.ClientPolicyRepresentation;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.GroupRepresentation;
import org.keycloak.representations.idm.OrganizationRepresentation;
import org.keycloak.representations.idm.RoleRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** A user who has lost access gets nothing from the token endpoint, userinfo or introspection. */
class TokenAccessIT {

    private final Testbed testbed = Testbed.get();

    @Test
    void aDisabledAccountEndsAccess() {
        String account = testbed.people().account("other", "one");
        Person admin = testbed.people().create(account, "account-admin");

        assertRefusedAfter(admin, person -> enableAccount(account, false));
    }

    @Test
    void leavingTheAccountEndsAccess() {
        Person user = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");

        assertRefusedAfter(user, person -> testbed.people().leave(person.id(), DemoAccounts.ACME));
    }

    @Test
    void aSecondAccountEndsAccess() {
        Person user = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");

        assertRefusedAfter(user, person -> testbed.people().join(person.id(), DemoAccounts.GLOBEX));
    }

    @Test
    void losingTheLastCompanyEndsAccess() {
        String account = testbed.people().account("other", "one", "two");
        Person user = testbed.people().create(account, "user", "one");

        assertRefusedAfter(user, person -> {
            OrganizationRepresentation now =
                    testbed.realm().organizations().get(account).toRepresentation();
            now.getAttributes().remove("company.one");
            now.getAttributes().remove("company.one.package");
            testbed.realm().organizations().get(account).update(now).close();
        });
    }

    @Test
    void aSecondRoleFromAGroupEndsAccess() {
        Person user = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        GroupRepresentation group = new GroupRepresentation();
        group.setName(UUID.randomUUID().toString());
        testbed.realm().groups().add(group).close();
        String id =
                testbed.realm().groups().groups(group.getName(), 0, 1).get(0).getId();
        testbed.realm().groups().group(id).roles().realmLevel().add(List.of(role("account-admin")));

        assertRefusedAfter(
                user, person -> testbed.realm().users().get(person.id()).joinGroup(id));
    }

    @Test
    void aRoleThatMayNotEnterEndsAccess() {
        Person user = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");

        assertRefusedAfter(user, person -> testbed.people().grant(person.id(), "merchant-user"));
    }

    @Test
    void aDisabledUserHasNoAccess() {
        Person user = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");

        assertRefusedAfter(user, person -> {
            UserResource resource = testbed.realm().users().get(person.id());
            UserRepresentation now = resource.toRepresentation();
            now.setEnabled(false);
            resource.update(now);
        });
    }

    @Test
    void aCodeIsNotExchangedAfterAccessEnded() {
        String account = testbed.people().account("other", "one");
        Person admin = testbed.people().create(account, "account-admin");
        Login login = testbed.login(Application.WISE_SYNC);
        WebPage back = login.through(login.start(), admin, testbed.mailbox());
        enableAccount(account, false);

        assertInvalidGrant(Tokens.request(testbed.server(), login.exchange(back)));
    }

    @Test
    void theAccountConsoleRefusesUsersOfADisabledAccountOnly() {
        String account = testbed.people().account("other", "one");
        Person outsider = testbed.people().create(null, "user");
        Person admin = testbed.people().create(account, "account-admin");
        Tokens withoutAccess = testbed.logIn(outsider, Application.ACCOUNT_CONSOLE);
        Tokens ofAdmin = testbed.logIn(admin, Application.ACCOUNT_CONSOLE);
        enableAccount(account, false);

        assertThat(refresh(withoutAccess, Application.ACCOUNT_CONSOLE).status()).isEqualTo(200);
        assertInvalidGrant(refresh(ofAdmin, Application.ACCOUNT_CONSOLE));
    }

    @Test
    void theServiceAndSupportAreExempt() {
        Tokens support = testbed.logIn(Person.SAM, Application.CONSOLE);

        assertThat(refresh(support, Application.CONSOLE).status()).isEqualTo(200);
        assertThat(testbed.serviceToken()).isNotEmpty();
    }

    @Test
    void tokenExchangeRefusesUsersWithoutAccess() {
        Application application = exchangingApplication();
        Person user = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        Tokens tokens = testbed.logIn(user, application);
        assertThat(exchange(tokens, application).status()).isEqualTo(200);

        testbed.people().join(user.id(), DemoAccounts.GLOBEX);

        Answer refused = exchange(tokens, application);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("error").asText()).isIn("invalid_grant", "invalid_request");
    }

    @Test
    void theTokenOfOneApplicationIsInactiveForAnother() {
        Person admin = testbed.people().create(DemoAccounts.ACME, "account-admin");
        Tokens tokens = testbed.logIn(admin, Application.WISE_SYNC);

        assertThat(introspect(tokens.access(), Application.WISE_SYNC)
                        .json()
                        .path("active")
                        .asBoolean())
                .isTrue();
        assertThat(introspect(tokens.access(), Application.WISE_PAY).text()).isEqualTo("{\"active\":false}");
        assertThat(introspect(tokens.refresh(), Application.WISE_PAY).text()).isEqualTo("{\"active\":false}");
    }

    @Test
    void aDisabledClientIsRefusedAndItsTokensAreInactive() {
        Application application = exchangingApplication();
        Person user = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        Tokens tokens = testbed.logIn(user, application);
        changeClient(application, client -> client.setEnabled(false));

        assertThat(introspect(tokens.access(), application).status()).isEqualTo(401);
        assertThat(refresh(tokens, application).status()).isEqualTo(401);
        assertThat(exchange(tokens, application).status()).isEqualTo(401);
        assertThat(userinfo(tokens).status()).isEqualTo(401);
    }

    @Test
    void aCodeOfOneApplicationIsRefusedForAnother() {
        Person admin = testbed.people().create(DemoAccounts.ACME, "account-admin");
        Login login = testbed.login(Application.WISE_SYNC);
        Map<String, String> form = login.exchange(login.through(login.start(), admin, testbed.mailbox()));
        form.put("client_id", "wise-pay");
        form.put("client_secret", "wise-pay-secret");

        assertInvalidGrant(Tokens.request(testbed.server(), form));
    }

    @Test
    void theRealmHasThePolicyForEveryClient() {
        ClientPoliciesRepresentation policies =
                testbed.realm().clientPoliciesPoliciesResource().getPolicies();

        assertThat(policies.getPolicies())
                .filteredOn(policy -> policy.getName().equals("wise-sync-access"))
                .singleElement()
                .satisfies(policy -> {
                    assertThat(policy.isEnabled()).isTrue();
                    assertThat(policy.getConditions())
                            .singleElement()
                            .satisfies(condition -> assertThat(condition.getConditionProviderId())
                                    .isEqualTo("any-client"));
                });
        assertThat(policies.getPolicies())
                .extracting(ClientPolicyRepresentation::getName)
                .doesNotHaveDuplicates();
    }

    private void assertRefusedAfter(Person person, Consumer<Person> change) {
        Tokens tokens = testbed.logIn(person, Application.WISE_SYNC);
        assertThat(userinfo(tokens).status()).isEqualTo(200);

        change.accept(person);

        assertInvalidGrant(refresh(tokens, Application.WISE_SYNC));
        assertThat(userinfo(tokens).status()).isEqualTo(401);
        assertThat(introspect(tokens.access(), Application.WISE_SYNC).text()).isEqualTo("{\"active\":false}");
        assertThat(introspect(tokens.refresh(), Application.WISE_SYNC).text()).isEqualTo("{\"active\":false}");
    }

    private static void assertInvalidGrant(Answer answer) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("error").asText()).isEqualTo("invalid_grant");
    }

    private void enableAccount(String id, boolean enabled) {
        OrganizationRepresentation account =
                testbed.realm().organizations().get(id).toRepresentation();
        account.setEnabled(enabled);
        testbed.realm().organizations().get(id).update(account).close();
    }

    private RoleRepresentation role(String name) {
        return testbed.realm().roles().get(name).toRepresentation();
    }

    private Application exchangingApplication() {
        Application application = new Application(
                "exchange-" + UUID.randomUUID(), Optional.of("secret"), Application.WISE_SYNC.redirect());
        ClientRepresentation client = testbed.realm()
                .clients()
                .findByClientId(Application.WISE_SYNC.clientId())
                .get(0);
        client.setId(null);
        client.setClientId(application.clientId());
        client.setSecret("secret");
        client.getAttributes().remove("wise-sync.lifecycle.url");
        client.getAttributes().put("standard.token.exchange.enabled", "true");
        client.getProtocolMappers().forEach(mapper -> {
            mapper.setId(null);
            mapper.getConfig().put("included.client.audience", application.clientId());
        });
        testbed.realm().clients().create(client).close();
        return application;
    }

    private void changeClient(Application application, Consumer<ClientRepresentation> change) {
        ClientRepresentation client =
                testbed.realm().clients().findByClientId(application.clientId()).get(0);
        change.accept(client);
        testbed.realm().clients().get(client.getId()).update(client);
    }

    private Answer refresh(Tokens tokens, Application application) {
        Map<String, String> form = form(application);
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", tokens.refresh());
        return Tokens.request(testbed.server(), form);
    }

    private Answer exchange(Tokens tokens, Application application) {
        Map<String, String> form = form(application);
        form.put("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange");
        form.put("subject_token", tokens.access());
        form.put("subject_token_type", "urn:ietf:params:oauth:token-type:access_token");
        return Tokens.request(testbed.server(), form);
    }

    private Answer userinfo(Tokens tokens) {
        return new Api(testbed.server().realmUrl(), tokens::access).get("/protocol/openid-connect/userinfo");
    }

    private Answer introspect(String token, Application application) {
        Map<String, String> form = form(application);
        form.put("token", token);
        return new Api(testbed.server().realmUrl(), () -> null)
                .send(
                        "POST",
                        "/protocol/openid-connect/token/introspect",
                        Query.encode(form),
                        "Content-Type",
                        "application/x-www-form-urlencoded");
    }

    private static Map<String, String> form(Application application) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("client_id", application.clientId());
        application.secret().ifPresent(secret -> form.put("client_secret", secret));
        return form;
    }
}
