package com.wisesync.keycloak.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.wisesync.keycloak.lifecycle.Events;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.People;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Server;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.WebPage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.admin.client.resource.AuthenticationManagementResource;
import org.keycloak.admin.client.resource.UserResource;
import org.keycloak.representations.idm.AuthenticatorConfigRepresentation;
import org.keycloak.representations.idm.IdentityProviderRepresentation;
import org.keycloak.representations.idm.RoleRepresentation;
import org.keycloak.representations.idm.UserRepresentation;
import org.keycloak.representations.userprofile.config.UPAttribute;

/** Another realm of the server as identity provider: the user data of a first login through it. */
class IdentityProviderIT {

    private static final String REVIEW = "input[name=username]";

    private static final List<String> RIGHTS =
            List.of("support", "account-admin", "user", "merchant-admin", "merchant-user");
    private static final List<String> CLIENT_RIGHTS =
            List.of("realm-management.realm-admin", "wise-sync-app.use", "wise-sync-app.edit-users");

    private final Testbed testbed = Testbed.get();
    private final String provider = "provider-" + UUID.randomUUID();
    private final Api realms = new Api(
            testbed.server().url() + "/admin/realms",
            () -> testbed.adminClient().tokenManager().getAccessTokenString());
    private final Api realmAdmin = testbed.stockApi();
    private final NoAccess noAccess = new NoAccess(testbed.server(), realmAdmin, testbed.mailbox());
    private final String account = testbed.people().account("other", "one");

    @BeforeEach
    void connectProvider() {
        String providerUrl = testbed.server().url() + "/realms/" + provider;
        String own = testbed.server().ownUrl() + "/realms/" + provider;
        realms.post("", Map.of("realm", provider, "enabled", true));
        // Otherwise the provider itself would ask for missing values.
        realms.put(
                "/" + provider + "/authentication/required-actions/VERIFY_PROFILE",
                Map.of("alias", "VERIFY_PROFILE", "providerId", "VERIFY_PROFILE", "name", "Verify", "enabled", false));
        realms.post(
                "/" + provider + "/clients",
                Map.of("clientId", "us", "secret", "secret", "redirectUris", new String[] {"*"}));
        realms.post(
                "/" + Server.REALM + "/identity-provider/instances",
                Map.of(
                        "alias",
                        provider,
                        "providerId",
                        "oidc",
                        "enabled",
                        true,
                        "config",
                        Map.of(
                                "clientId", "us",
                                "clientSecret", "secret",
                                "clientAuthMethod", "client_secret_post",
                                "authorizationUrl", providerUrl + "/protocol/openid-connect/auth",
                                "tokenUrl", own + "/protocol/openid-connect/token",
                                "jwksUrl", own + "/protocol/openid-connect/certs",
                                "useJwksUrl", "true",
                                "validateSignature", "true",
                                "issuer", providerUrl + "," + own,
                                "defaultScope", "openid profile email")));
    }

    @AfterEach
    void disconnectProvider() {
        realms.delete("/" + Server.REALM + "/identity-provider/instances/" + provider);
        realms.delete("/" + provider);
    }

    @Test
    void usersCreatedWithoutReviewHaveNoAccountAndNoAccess() {
        String email = UUID.randomUUID() + "@test.example";

        WebPage end = throughProvider(email, email, "Test");

        NoAccess.assertRefused(end, "no-account");
        noAccess.has(created(email), "no-account", account);
    }

    /** The only path that writes a username without validation: the provider's own is used unchanged. */
    @Test
    void aUsernameThatIsNotAnAddressHasNoAccessWithTheReviewDisabled() {
        String email = UUID.randomUUID() + "@test.example";
        String username = "bob-" + UUID.randomUUID();
        String flow = withoutReview();
        WebPage end = throughProvider(username, email, "Test");
        Person created = created(email);
        join(created, "account-admin");

        NoAccess.assertRefused(end, "no-account");
        assertThat(testbed.realm().users().get(created.id()).toRepresentation().getUsername())
                .isEqualTo(username);
        noAccess.has(created, "ambiguous-username", account, "wiseSyncWarningAmbiguousName");
        disconnectProvider();
        testbed.realm().flows().deleteFlow(flow);
    }

    /** CVE-2026-12388: a claim of an identity provider must not grant support or account-admin. */
    @Test
    void aMapperOfTheProviderGrantsNoRole() {
        for (String role :
                Stream.concat(RIGHTS.stream(), CLIENT_RIGHTS.stream()).toList()) {
            assertThat(realmAdmin
                            .post(
                                    "/identity-provider/instances/" + provider + "/mappers",
                                    Map.of(
                                            "name",
                                            role,
                                            "identityProviderAlias",
                                            provider,
                                            "identityProviderMapper",
                                            "oidc-hardcoded-role-idp-mapper",
                                            "config",
                                            Map.of("syncMode", "FORCE", "role", role)))
                            .status())
                    .isEqualTo(201);
        }
        String email = UUID.randomUUID() + "@test.example";

        WebPage end = throughProvider(email, email, "Test");

        NoAccess.assertRefused(end, "no-account");
        assertThat(testbed.realm()
                        .users()
                        .get(created(email).id())
                        .roles()
                        .realmLevel()
                        .listEffective())
                .extracting(RoleRepresentation::getName)
                .isNotEmpty()
                .doesNotContainAnyElementsOf(RIGHTS);
        assertThat(List.of("realm-management", "wise-sync-app"))
                .allSatisfy(client -> assertThat(testbed.realm()
                                .users()
                                .get(created(email).id())
                                .roles()
                                .clientLevel(testbed.realm()
                                        .clients()
                                        .findByClientId(client)
                                        .get(0)
                                        .getId())
                                .listAll())
                        .isEmpty());
    }

    /** Keycloak runs the mappers at every login. */
    @Test
    void aMapperOfTheProviderChangesNoRoleThatAUserHas() {
        String email = UUID.randomUUID() + "@test.example";
        throughProvider(email, email, "Test");
        Person person = created(email);
        join(person, "merchant-user");
        assertThat(realmAdmin
                        .post(
                                "/identity-provider/instances/" + provider + "/mappers",
                                Map.of(
                                        "name",
                                        "account-admin",
                                        "identityProviderAlias",
                                        provider,
                                        "identityProviderMapper",
                                        "oidc-hardcoded-role-idp-mapper",
                                        "config",
                                        Map.of("syncMode", "FORCE", "role", "account-admin")))
                        .status())
                .isEqualTo(201);

        Login again = testbed.login(Application.WISE_PAY);
        WebPage providerPage = again.start("kc_idp_hint", provider);
        again.password(providerPage, new Person(null, email, Person.DEMO_PASSWORD));

        assertThat(testbed.realm().users().get(person.id()).roles().realmLevel().listAll())
                .extracting(RoleRepresentation::getName)
                .contains("merchant-user")
                .doesNotContain("account-admin");
    }

    /** At the first login and, with the sync mode "force", at each later one. */
    @Test
    void aMapperOfTheProviderWritesNoAttributeThatNobodyMayEdit() {
        List<String> guarded = Stream.concat(
                        Stream.of("companies"),
                        testbed.realm().users().userProfile().getConfiguration().getAttributes().stream()
                                .filter(attribute -> attribute.getPermissions() != null
                                        && attribute.getPermissions().getEdit().isEmpty())
                                .map(UPAttribute::getName))
                .toList();
        assertThat(guarded).contains("last-login", "scim-link");
        guarded.forEach(attribute -> assertThat(realmAdmin
                        .post(
                                "/identity-provider/instances/" + provider + "/mappers",
                                Map.of(
                                        "name",
                                        attribute,
                                        "identityProviderAlias",
                                        provider,
                                        "identityProviderMapper",
                                        "hardcoded-attribute-idp-mapper",
                                        "config",
                                        Map.of(
                                                "syncMode",
                                                "FORCE",
                                                "attribute",
                                                attribute,
                                                "attribute.value",
                                                "mapped")))
                        .status())
                .isEqualTo(201));
        String email = UUID.randomUUID() + "@test.example";
        throughProvider(email, email, "Test");
        Person person = created(email);
        assertNotMapped(person, guarded);
        join(person, "user");
        UserRepresentation assigned = testbed.realm().users().get(person.id()).toRepresentation();
        assigned.singleAttribute("companies", "one");
        testbed.realm().users().get(person.id()).update(assigned);

        Login again = testbed.login(Application.WISE_SYNC);
        WebPage providerPage = again.start("kc_idp_hint", provider);
        again.password(providerPage, new Person(null, email, Person.DEMO_PASSWORD));

        assertNotMapped(person, guarded);
        assertThat(testbed.realm()
                        .users()
                        .get(person.id())
                        .toRepresentation()
                        .getAttributes()
                        .get("companies"))
                .containsExactly("one");
        assertThat(realmAdmin
                        .get("/identity-provider/instances/" + provider + "/mappers")
                        .json())
                .as("the administrator still sees them")
                .hasSize(guarded.size());
    }

    private void assertNotMapped(Person person, List<String> guarded) {
        Map<String, List<String>> managed =
                testbed.realm().users().get(person.id()).toRepresentation().getAttributes();
        assertThat(guarded)
                .allSatisfy(name -> assertThat(managed == null ? List.of() : managed.getOrDefault(name, List.of()))
                        .doesNotContain("mapped"));
    }

    /** Keycloak writes what the provider says about a user at every login. */
    @Test
    void aNameChangedAtTheProviderIsSentToApplications() {
        IdentityProviderRepresentation settings =
                testbed.realm().identityProviders().get(provider).toRepresentation();
        settings.getConfig().put("syncMode", "FORCE");
        testbed.realm().identityProviders().get(provider).update(settings);
        String email = UUID.randomUUID() + "@test.example";
        throughProvider(email, email, "Test");
        Person person = created(email);
        join(person, "merchant-user");
        Events events = new Events();
        events.ready(Events.WISE_PAY, person.id());
        String providerId = realms.get("/" + provider + "/users?exact=true&username=" + email)
                .json()
                .path(0)
                .path("id")
                .asText();
        realms.put("/" + provider + "/users/" + providerId, Map.of("firstName", "Changed"));

        Login again = testbed.login(Application.WISE_PAY);
        again.password(again.start("kc_idp_hint", provider), new Person(null, email, Person.DEMO_PASSWORD));

        assertThat(events.await(Events.WISE_PAY, person.id(), "user.updated")
                        .at("/user/firstName")
                        .asText())
                .isEqualTo("Changed");
    }

    /** Keycloak writes the address as the provider sends it. */
    @Test
    void anAddressChangedAtTheProviderIsStoredInOneSpelling() {
        IdentityProviderRepresentation settings =
                testbed.realm().identityProviders().get(provider).toRepresentation();
        settings.getConfig().put("syncMode", "FORCE");
        testbed.realm().identityProviders().get(provider).update(settings);
        String name = UUID.randomUUID().toString();
        throughProvider(name + "@test.example", name + "@test.example", "Test");
        Person person = created(name + "@test.example");
        String providerId = realms.get("/" + provider + "/users?exact=true&username=" + person.username())
                .json()
                .path(0)
                .path("id")
                .asText();
        assertThat(realms.put(
                                "/" + provider + "/users/" + providerId,
                                Map.of("email", name + "@xn--mnchen-3ya.example"))
                        .status())
                .isEqualTo(204);

        Login again = testbed.login(Application.WISE_PAY);
        again.password(again.start("kc_idp_hint", provider), person);

        // A representation is normalized in any case; the search compares what is stored.
        assertThat(testbed.realm().users().searchByEmail(name + "@münchen.example", true))
                .extracting(UserRepresentation::getId)
                .containsExactly(person.id());
    }

    /** A template mapper sets the username at each login if its sync mode is "force". */
    @Test
    void aUsernameFromATemplateIsStoredInOneSpelling() {
        addUsernameTemplate();
        // The provider's alias is before it, and a local part has 64 characters at most.
        String name = UUID.randomUUID().toString().substring(0, 8);
        String first = name + "@xn--mnchen-3ya.example";
        throughProvider(name + "@test.example", first, "Test");
        assertThat(testbed.realm().users().searchByUsername(provider + "." + name + "@münchen.example", true))
                .hasSize(1);

        Person person = new Person(null, name + "@test.example", Person.DEMO_PASSWORD);
        changeAtProvider(person, Map.of("email", name + "@xn--bcher-kva.example"));
        Login again = testbed.login(Application.WISE_PAY);
        again.password(again.start("kc_idp_hint", provider), person);

        assertThat(testbed.realm().users().searchByUsername(provider + "." + name + "@bücher.example", true))
                .hasSize(1);
        assertThat(testbed.realm().users().searchByUsername(provider + "." + name + "@xn--bcher-kva.example", true))
                .isEmpty();
    }

    @Test
    void aUsernameFromATemplateThatIsAnotherUsersAddressRefusesTheLogin() {
        addUsernameTemplate();
        // The provider's alias is before it, and a local part has 64 characters at most.
        String name = UUID.randomUUID().toString().substring(0, 8);
        throughProvider(name + "@test.example", name + "@test.example", "Test");
        String taken = provider + "." + name + "@münchen.example";
        testbed.people().imported(People.newUser(taken));

        Person person = new Person(null, name + "@test.example", Person.DEMO_PASSWORD);
        changeAtProvider(person, Map.of("email", name + "@xn--mnchen-3ya.example"));
        Login again = testbed.login(Application.WISE_PAY);
        WebPage end = again.password(again.start("kc_idp_hint", provider), person);

        assertThat(end.status()).as(end.toString()).isGreaterThanOrEqualTo(400);
        assertThat(testbed.realm().users().searchByUsername(provider + "." + name + "@test.example", true))
                .hasSize(1);
    }

    private void addUsernameTemplate() {
        IdentityProviderRepresentation settings =
                testbed.realm().identityProviders().get(provider).toRepresentation();
        settings.getConfig().put("syncMode", "FORCE");
        testbed.realm().identityProviders().get(provider).update(settings);
        assertThat(realmAdmin
                        .post(
                                "/identity-provider/instances/" + provider + "/mappers",
                                Map.of(
                                        "name",
                                        "username",
                                        "identityProviderAlias",
                                        provider,
                                        "identityProviderMapper",
                                        "oidc-username-idp-mapper",
                                        "config",
                                        Map.of(
                                                "syncMode", "FORCE",
                                                "target", "LOCAL",
                                                "template", "${ALIAS}.${CLAIM.email}")))
                        .status())
                .isEqualTo(201);
    }

    private void changeAtProvider(Person person, Map<String, Object> changes) {
        String id = realms.get("/" + provider + "/users?exact=true&username=" + person.username())
                .json()
                .path(0)
                .path("id")
                .asText();
        assertThat(realms.put("/" + provider + "/users/" + id, changes).status())
                .isEqualTo(204);
    }

    /** With the link, the user of the open login could log in again through the provider. */
    @Test
    void aProviderIsNotLinkedInALoginThatHasToStartAgain() {
        Person user = testbed.people().create(account, "user", "one");
        Person atProvider = atProvider(user.username(), user.username(), "Test");
        Login login = testbed.login(Application.ACCOUNT_CONSOLE);
        WebPage question = login.through(login.start("kc_action", "idp_link:" + provider), user, testbed.mailbox());
        WebPage providerPage = login.visitor().press(question, "[type=submit]");
        assertThat(providerPage.uri().getPath()).contains(provider);

        String path = "/accounts/" + account + "/users/" + user.id();
        testbed.serviceApi().post(path + "/disable", null);
        testbed.serviceApi().post(path + "/enable", null);
        WebPage after = login.password(providerPage, atProvider);

        assertThat(after.has("#wise-sync-log-in-again")).as(after.toString()).isTrue();
        assertThat(testbed.realm().users().get(user.id()).getFederatedIdentity())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"disabled", "deleted"})
    void aSessionEndsAtTheProviderToo(String how) throws IOException {
        List<String> logouts = new CopyOnWriteArrayList<>();
        HttpServer endpoint = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        endpoint.createContext("/logout", exchange -> {
            logouts.add(exchange.getRequestURI().getQuery());
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        endpoint.start();
        IdentityProviderRepresentation settings =
                testbed.realm().identityProviders().get(provider).toRepresentation();
        settings.getConfig()
                .putAll(Map.of(
                        "logoutUrl",
                        "http://127.0.0.1:" + endpoint.getAddress().getPort() + "/logout",
                        "backchannelSupported",
                        "true"));
        testbed.realm().identityProviders().get(provider).update(settings);
        String email = UUID.randomUUID() + "@test.example";
        throughProvider(email, email, "Test");
        Person person = created(email);
        UserResource user = testbed.realm().users().get(person.id());
        // A login through a provider has no second factor.
        String name = testbed.serviceApi()
                .get("/accounts/" + account)
                .json()
                .path("name")
                .asText();
        testbed.serviceApi()
                .put(
                        "/accounts/" + account,
                        Map.of("name", name, "psa", "other", "twoFactorMode", "optional", "enabled", true));
        join(person, "user");
        UserRepresentation assigned = user.toRepresentation();
        assigned.setAttributes(Map.of("companies", List.of("one")));
        user.update(assigned);
        Login again = testbed.login(Application.WISE_SYNC);
        WebPage page = again.password(again.start("kc_idp_hint", provider), person);
        WebPage end = again.through(page, person, testbed.mailbox());
        assertThat(again.done(end)).as(end.toString()).isTrue();
        String session = user.getUserSessions().get(0).getId();

        if (how.equals("deleted")) {
            user.remove();
        } else {
            assigned.setEnabled(false);
            user.update(assigned);
        }

        Awaitility.await()
                .untilAsserted(() -> assertThat(logouts)
                        .singleElement()
                        .asString()
                        .startsWith("state=" + session + "&id_token_hint=ey"));
        endpoint.stop(0);
    }

    /** CVE-2026-14781: the claim of the ID token does not apply to an address that only userinfo has. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anAddressFromUserinfoIsVerifiedByUserinfoOnly(boolean verified) {
        String inIdToken = UUID.randomUUID() + "@test.example";
        String inUserinfo = UUID.randomUUID() + "@test.example";
        IdentityProviderRepresentation settings =
                testbed.realm().identityProviders().get(provider).toRepresentation();
        settings.setTrustEmail(true);
        settings.getConfig().put("defaultScope", "openid profile");
        settings.getConfig()
                .put(
                        "userInfoUrl",
                        testbed.server().ownUrl() + "/realms/" + provider + "/protocol/openid-connect/userinfo");
        testbed.realm().identityProviders().get(provider).update(settings);
        realms.get("/" + provider + "/client-scopes").json().forEach(scope -> {
            if (scope.path("name").asText().equals("email")) {
                realms.delete(
                        "/" + provider + "/client-scopes/" + scope.path("id").asText());
            }
        });
        claimOfProvider("email", "String", inIdToken, true);
        claimOfProvider("email_verified", "boolean", "true", true);
        claimOfProvider("email", "String", inUserinfo, false);
        if (verified) {
            claimOfProvider("email_verified", "boolean", "true", false);
        }
        Person providerUser = atProvider(inIdToken, inIdToken, "Test");
        Login login = testbed.login(Application.WISE_SYNC);

        login.password(login.start("kc_idp_hint", provider), providerUser);

        assertThat(realmAdmin.get("/users?exact=true&email=" + inUserinfo).json())
                .singleElement()
                .satisfies(user ->
                        assertThat(user.path("emailVerified").asBoolean()).isEqualTo(verified));
    }

    private void claimOfProvider(String claim, String type, String value, boolean inIdToken) {
        String client = realms.get("/" + provider + "/clients?clientId=us")
                .json()
                .path(0)
                .path("id")
                .asText();
        Map<String, Object> mapper = Map.of(
                "name",
                claim + inIdToken,
                "protocol",
                "openid-connect",
                "protocolMapper",
                "oidc-hardcoded-claim-mapper",
                "config",
                Map.of(
                        "claim.name", claim,
                        "claim.value", value,
                        "jsonType.label", type,
                        "id.token.claim", String.valueOf(inIdToken),
                        "userinfo.token.claim", String.valueOf(!inIdToken)));
        assertThat(realms.post("/" + provider + "/clients/" + client + "/protocol-mappers/models", mapper)
                        .status())
                .isEqualTo(201);
    }

    @Test
    void aProviderWhoseEmailsAreTrustedIsReported() {
        IdentityProviderRepresentation settings =
                testbed.realm().identityProviders().get(provider).toRepresentation();
        settings.setTrustEmail(true);
        testbed.realm().identityProviders().get(provider).update(settings);

        assertThat(testbed.serviceApi().get("/setup").json()).anySatisfy(line -> {
            assertThat(line.path("key").asText()).isEqualTo("identity-provider-email");
            assertThat(line.path("state").asText()).isEqualTo("warning");
            assertThat(line.path("text").asText()).contains(provider);
        });
    }

    @Test
    void usersManagedByAnIdentityProviderHaveNoAccount() {
        realmAdmin.post("/organizations/" + account + "/identity-providers", "\"" + provider + "\"");
        String email = UUID.randomUUID() + "@test.example";

        WebPage end = throughProvider(email, email, "Test");

        NoAccess.assertRefused(end, "no-account");
        Person managed = created(email);
        assertThat(realmAdmin
                        .get("/organizations/" + account + "/members/" + managed.id())
                        .json()
                        .path("membershipType")
                        .asText())
                .isEqualTo("MANAGED");
        noAccess.has(managed, "no-account", account, "wiseSyncWarningForeignMembers");
        realmAdmin.delete("/organizations/" + account + "/identity-providers/" + provider);
    }

    @ParameterizedTest
    @CsvSource({"en, The username must be an email address.", "de, Der Benutzername muss eine E-Mail-Adresse sein."})
    void theReviewAsksForAnAddressAsUsername(String language, String message) {
        String email = UUID.randomUUID() + "@test.example";
        Login login = testbed.login(Application.WISE_SYNC);

        // A missing first name makes Keycloak ask to review the data.
        WebPage review = throughProvider(login, "bob-" + UUID.randomUUID(), email, "", "ui_locales", language);
        WebPage refused =
                login.visitor().submit(review, REVIEW, Map.of("username", "bob", "firstName", "Bob", "lastName", "B"));

        assertThat(review.has(REVIEW)).as(review.toString()).isTrue();
        assertThat(refused.text()).contains(message);
    }

    @Test
    void theReviewRefusesAnotherUsersAddressAsUsername() {
        Person victim = testbed.people().createNamed(UUID.randomUUID() + "@test.example", null, null);
        Login login = testbed.login(Application.WISE_SYNC);
        realms.put(
                "/" + Server.REALM + "/users/" + victim.id(), Map.of("username", UUID.randomUUID() + "@test.example"));

        WebPage review = throughProvider(login, "bob-" + UUID.randomUUID(), UUID.randomUUID() + "@test.example", "");
        WebPage refused = login.visitor()
                .submit(review, REVIEW, Map.of("username", victim.username(), "firstName", "Bob", "lastName", "B"));

        assertThat(refused.text()).contains("This address belongs to another user.");
    }

    /** The first address is stored by an import, which normalizes nothing. */
    @ParameterizedTest
    @CsvSource({"münchen.example, xn--mnchen-3ya.example", "xn--mnchen-3ya.example, münchen.example"})
    void anotherSpellingOfAnExistingAddressOffersToLinkTheUser(String stored, String sent) {
        String name = UUID.randomUUID().toString();
        testbed.people().imported(People.newUser(name + "@" + stored));

        WebPage page = throughProvider(name + "@" + sent, name + "@" + sent, "Test");

        assertThat(page.has("[name=submitAction][value=linkAccount]"))
                .as(page.toString())
                .isTrue();
        assertThat(realmAdmin.get("/users?search=" + name).json()).hasSize(1);
    }

    /** A copy of Keycloak's first login flow without the page that reviews the profile. */
    private String withoutReview() {
        AuthenticationManagementResource flows = testbed.realm().flows();
        flows.copy("first broker login", Map.of("newName", provider)).close();
        AuthenticatorConfigRepresentation review = flows.getAuthenticatorConfig(flows.getExecutions(provider).stream()
                .filter(step -> "idp-review-profile".equals(step.getProviderId()))
                .findFirst()
                .orElseThrow()
                .getAuthenticationConfig());
        review.setConfig(Map.of("update.profile.on.first.login", "off"));
        flows.updateAuthenticatorConfig(review.getId(), review);
        IdentityProviderRepresentation through =
                testbed.realm().identityProviders().get(provider).toRepresentation();
        through.setFirstBrokerLoginFlowAlias(provider);
        testbed.realm().identityProviders().get(provider).update(through);
        return flows.getFlows().stream()
                .filter(flow -> flow.getAlias().equals(provider))
                .findFirst()
                .orElseThrow()
                .getId();
    }

    private WebPage throughProvider(String username, String email, String firstName) {
        return throughProvider(testbed.login(Application.WISE_SYNC), username, email, firstName);
    }

    private WebPage throughProvider(Login login, String username, String email, String firstName, String... further) {
        Person providerUser = atProvider(username, email, firstName);
        WebPage providerPage = login.start(Stream.concat(Stream.of("kc_idp_hint", provider), Stream.of(further))
                .toArray(String[]::new));
        WebPage page = login.password(providerPage, providerUser);
        if (page.has(Login.CODE)) {
            // Already sent: the rest of the login skips earlier emails.
            page = login.code(page, testbed.mailbox().takeCode(email));
        }
        return page.has(REVIEW) || page.has("#wise-sync-no-entry")
                ? page
                : login.through(page, new Person(null, email, Person.DEMO_PASSWORD), testbed.mailbox());
    }

    private Person atProvider(String username, String email, String firstName) {
        String id = realms.post(
                        "/" + provider + "/users",
                        Map.of(
                                "username",
                                username,
                                "email",
                                email,
                                "emailVerified",
                                true,
                                "firstName",
                                firstName,
                                "lastName",
                                "Person",
                                "enabled",
                                true))
                .createdId();
        realms.put(
                "/" + provider + "/users/" + id + "/reset-password",
                Map.of("type", "password", "value", Person.DEMO_PASSWORD, "temporary", false));
        return new Person(id, username, Person.DEMO_PASSWORD);
    }

    private void join(Person person, String role) {
        testbed.people().join(person.id(), account);
        testbed.people().grant(person.id(), role);
    }

    /** The user created by the login, with a new password. */
    private Person created(String email) {
        String id = realmAdmin
                .get("/users?exact=true&email=" + email)
                .json()
                .path(0)
                .path("id")
                .asText();
        realmAdmin.put(
                "/users/" + id + "/reset-password",
                Map.of("type", "password", "value", Person.DEMO_PASSWORD, "temporary", false));
        return new Person(id, email, Person.DEMO_PASSWORD);
    }
}
