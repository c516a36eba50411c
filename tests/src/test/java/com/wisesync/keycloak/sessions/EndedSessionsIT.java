package com.wisesync.keycloak.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.Tokens;
import com.wisesync.keycloak.testing.Visitor;
import com.wisesync.keycloak.testing.WebPage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.admin.client.resource.RoleResource;
import org.keycloak.admin.client.resource.UserResource;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.OrganizationRepresentation;
import org.keycloak.representations.idm.RequiredActionProviderRepresentation;
import org.keycloak.representations.idm.RoleRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** Sessions end after the commit, on every path, and applications are notified. */
class EndedSessionsIT {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String SUBMIT = "main [type=submit]";

    private final Testbed testbed = Testbed.get();

    @Test
    void aStockDisableAndEnableLeavesNoSession() throws IOException {
        try (Receiver receiver = Receiver.answering()) {
            Application application = receiver.application(testbed);
            Person user = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
            Tokens online = testbed.logIn(user, application);
            Tokens offline = offline(user, application);

            enable(user, false);
            await().atMost(SOON).until(() -> receiver.received().size() >= 2);
            enable(user, true);

            assertInvalidGrant(refresh(online, application));
            assertInvalidGrant(refresh(offline, application));
            assertThat(receiver.received()).hasSize(2).allSatisfy(token -> {
                assertThat(token.getSubject()).isEqualTo(user.id());
                assertThat(token.getAudience()).containsExactly(application.clientId());
                assertThat(token.getStringClaim("sid")).isNotEmpty();
                assertThat(token.getExpirationTime().toInstant())
                        .isEqualTo(token.getIssueTime().toInstant().plusSeconds(120));
                assertThat(token.getJSONObjectClaim("events")).containsKey("revoke_offline_access");
            });
        }
    }

    /** A login under way at the end of one second may start its session in the next, before the disable is committed. */
    @Test
    void enablingInTheSecondAfterADisableEndsSessionsOfThatSecond() {
        Person user = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        long next;
        do {
            enable(user, false);
            next = notBefore(user);
            long start = next;
            await().pollInterval(Duration.ofMillis(1)).until(() -> Instant.now().getEpochSecond() >= start);
            enable(user, true);
        } while (Instant.now().getEpochSecond() > next);

        assertThat(notBefore(user)).isEqualTo(next + 1);
    }

    @Test
    void aDisableWaitsForNoApplication() throws IOException {
        try (Receiver one = Receiver.hung();
                Receiver two = Receiver.hung();
                Receiver three = Receiver.hung();
                Receiver answering = Receiver.answering()) {
            Person admin = testbed.people().create(DemoAccounts.ACME, "account-admin");
            Person user = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
            Visitor visitor = new Visitor(testbed.server());
            for (Receiver receiver : List.of(one, two, three)) {
                Login login = new Login(testbed.server(), receiver.application(testbed), visitor);
                login.tokens(login.through(login.start(), user, testbed.mailbox()));
            }
            Application last = answering.application(testbed);
            Login login = new Login(testbed.server(), last, visitor);
            Tokens tokens = login.tokens(login.through(login.start(), user, testbed.mailbox()));
            Api api = testbed.api(admin);

            Answer answer = api.post("/accounts/" + DemoAccounts.ACME + "/users/" + user.id() + "/disable", null);

            // A call within the request would have been abandoned before the answer.
            assertThat(List.of(one, two, three)).extracting(Receiver::abandoned).containsOnly(0);
            assertThat(answer.status()).isEqualTo(204);
            assertThat(userinfo(tokens).status()).isEqualTo(401);
            assertInvalidGrant(refresh(tokens, last));
            await().atMost(SOON).until(() -> answering.received().size() == 1);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(List.of(one, two, three))
                            .extracting(Receiver::accepted)
                            .doesNotContain(0));
        }
    }

    @Test
    void aPasswordSetByAnAdministratorEndsTheTokensOfThisSecond() {
        Person user = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        Tokens tokens = testbed.logIn(user, Application.WISE_SYNC);
        Tokens offline = offline(user, Application.WISE_SYNC);

        CredentialRepresentation password = new CredentialRepresentation();
        password.setType(CredentialRepresentation.PASSWORD);
        password.setValue("another-password");
        testbed.realm().users().get(user.id()).resetPassword(password);

        assertThat(userinfo(tokens).status()).isEqualTo(401);
        assertInvalidGrant(refresh(tokens, Application.WISE_SYNC));
        assertInvalidGrant(refresh(offline, Application.WISE_SYNC));
        awaitNoSession(user);
    }

    @Test
    void anOwnNewPasswordEndsTheOtherSessionsAndOfflineTokens() {
        Person user = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        Tokens intruder = testbed.logIn(user, Application.WISE_SYNC);
        Tokens offline = offline(user, Application.WISE_SYNC);
        Login login = testbed.login(Application.WISE_SYNC);
        Tokens own = login.as(user, testbed.mailbox());

        Login change = new Login(testbed.server(), Application.WISE_SYNC, login.visitor());
        WebPage page = change.start("kc_action", "UPDATE_PASSWORD");
        WebPage after = login.visitor()
                .submit(
                        page,
                        "input[name=password-new]",
                        Map.of("password-new", "another-password", "password-confirm", "another-password"));

        assertThat(change.done(after)).isTrue();
        await().atMost(SOON).untilAsserted(() -> assertInvalidGrant(refresh(intruder, Application.WISE_SYNC)));
        assertInvalidGrant(refresh(offline, Application.WISE_SYNC));
        assertThat(refresh(own, Application.WISE_SYNC).status()).isEqualTo(200);
        assertThat(userinfo(own).status()).isEqualTo(200);
    }

    /** Such a login has no session yet, so nothing of it is found and ended. */
    @ParameterizedTest
    @ValueSource(strings = {"link", "password", "disable", "sessions"})
    void aLoginThatWaitsOnItsLastPageHasToStartAgain(String change) {
        Person user = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        Login login = testbed.login(Application.WISE_SYNC);
        WebPage code = login.password(login.start(), user);
        WebPage offer = login.code(code, testbed.mailbox().takeCode(user.username()));
        assertThat(offer.has(Login.NOT_NOW)).as(offer.toString()).isTrue();

        Person changed = change(user, change);
        WebPage after = login.visitor().press(offer, Login.NOT_NOW);

        assertThat(after.text()).contains("Your password was changed, or you were logged out everywhere");
        assertThat(testbed.realm().users().get(user.id()).getUserSessions()).isEmpty();
        WebPage again = login.visitor().press(after, "#wise-sync-log-in-again");
        assertThat(again.has(Login.PASSWORD)).as(again.toString()).isTrue();
        assertThat(login.done(login.through(again, changed, testbed.mailbox()))).isTrue();
    }

    @Test
    void aSecondFactorIsNotSetUpInALoginThatHasToStartAgain() {
        Person user = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        Login login = testbed.login(Application.WISE_SYNC);
        WebPage code = login.password(login.start(), user);
        WebPage offer = login.code(code, testbed.mailbox().takeCode(user.username()));
        WebPage setUp = login.visitor().press(offer, "[name=set-up]");
        assertThat(setUp.has("input[name=totp]")).as(setUp.toString()).isTrue();

        change(user, "password");
        WebPage after = login.visitor().submit(setUp, "input[name=totp]", Map.of("totp", "123456"));

        assertThat(after.has("#wise-sync-log-in-again")).as(after.toString()).isTrue();
        assertThat(testbed.realm().users().get(user.id()).credentials())
                .extracting(CredentialRepresentation::getType)
                .containsExactly(CredentialRepresentation.PASSWORD);
    }

    @Test
    void aProfileIsNotSavedInALoginThatHasToStartAgain() {
        Person user = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        Login login = testbed.login(Application.WISE_SYNC);
        WebPage profile = login.through(login.start("kc_action", "UPDATE_PROFILE"), user, testbed.mailbox());
        assertThat(profile.has("input[name=lastName]")).as(profile.toString()).isTrue();

        change(user, "password");
        WebPage after = login.visitor()
                .submit(profile, "input[name=lastName]", Map.of("firstName", "In", "lastName", "Truder"));

        assertThat(after.has("#wise-sync-log-in-again")).as(after.toString()).isTrue();
        assertThat(testbed.realm().users().get(user.id()).toRepresentation().getLastName())
                .isNotEqualTo("Truder");
    }

    @Test
    void aConsentDoesNotCompleteALoginThatHasToStartAgain() throws IOException {
        try (Receiver receiver = Receiver.answering()) {
            Application application = receiver.application(testbed);
            ClientRepresentation client = testbed.realm()
                    .clients()
                    .findByClientId(application.clientId())
                    .get(0);
            client.setConsentRequired(true);
            testbed.realm().clients().get(client.getId()).update(client);
            Person user = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
            Login login = testbed.login(application);
            WebPage consent = login.through(login.start(), user, testbed.mailbox());
            assertThat(consent.has("[name=accept]")).as(consent.toString()).isTrue();

            change(user, "disable");
            WebPage after = login.visitor().press(consent, "[name=accept]");

            assertThat(after.has("#wise-sync-log-in-again"))
                    .as(after.toString())
                    .isTrue();
            assertThat(testbed.realm().users().get(user.id()).getUserSessions()).isEmpty();
            WebPage again = login.visitor().press(after, "#wise-sync-log-in-again");
            WebPage asked = login.through(again, user, testbed.mailbox());
            assertThat(login.done(login.visitor().press(asked, "[name=accept]")))
                    .isTrue();
        }
    }

    @Test
    void theAccountIsNotDeletedInALoginThatHasToStartAgain() {
        Person user = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        String client =
                testbed.realm().clients().findByClientId("account").get(0).getId();
        RoleRepresentation mayDelete = testbed.realm()
                .clients()
                .get(client)
                .roles()
                .get("delete-account")
                .toRepresentation();
        testbed.realm().users().get(user.id()).roles().clientLevel(client).add(List.of(mayDelete));
        withAction("delete_account", () -> {
            Login login = testbed.login(Application.ACCOUNT_CONSOLE);
            WebPage confirm = login.through(login.start("kc_action", "delete_account"), user, testbed.mailbox());
            assertThat(confirm.has(SUBMIT)).as(confirm.toString()).isTrue();

            change(user, "password");
            // Keycloak accepts both methods.
            WebPage got = login.visitor()
                    .open(confirm.find("form:has([type=submit])").orElseThrow().attr("action"));
            WebPage posted = login.visitor().submit(confirm, SUBMIT, Map.of());

            assertThat(List.of(got, posted))
                    .allSatisfy(after -> assertThat(after.has("#wise-sync-log-in-again"))
                            .as(after.toString())
                            .isTrue());
        });
        assertThat(testbed.realm().users().get(user.id()).toRepresentation().isEnabled())
                .isTrue();
    }

    @Test
    void termsAreNotAcceptedInALoginThatHasToStartAgain() {
        Person user = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        require(user, "TERMS_AND_CONDITIONS");
        withAction("TERMS_AND_CONDITIONS", () -> {
            Login login = testbed.login(Application.WISE_SYNC);
            WebPage terms = login.through(login.start(), user, testbed.mailbox());
            assertThat(terms.has("[name=accept]")).as(terms.toString()).isTrue();

            change(user, "password");
            WebPage after = login.visitor().press(terms, "[name=accept]");

            assertThat(after.has("#wise-sync-log-in-again"))
                    .as(after.toString())
                    .isTrue();
        });
        assertThat(testbed.realm().users().get(user.id()).toRepresentation().getRequiredActions())
                .containsExactly("TERMS_AND_CONDITIONS");
    }

    /** Where no emailed code proves the mailbox: in an account whose second factor is optional. */
    @Test
    void anEmailIsNotVerifiedInALoginThatHasToStartAgain() {
        String account = testbed.people().account("autotask", "one");
        OrganizationRepresentation optional =
                testbed.realm().organizations().get(account).toRepresentation();
        optional.singleAttribute("two-factor-mode", "optional");
        testbed.realm().organizations().get(account).update(optional).close();
        Person user = testbed.people().create(account, "user", "one");
        require(user, "VERIFY_EMAIL");
        Login login = testbed.login(Application.WISE_SYNC);
        WebPage sent = login.password(login.start(), user);
        assertThat(sent.has("#wise-sync-verify-email-again"))
                .as(sent.toString())
                .isTrue();
        String link = testbed.mailbox().take(user.username()).link().orElseThrow();

        testbed.serviceApi()
                .put("/accounts/" + account + "/users/" + user.id() + "/password", Map.of("password", "another one"));
        WebPage again = login.visitor().press(sent, "#wise-sync-verify-email-again");
        WebPage opened = login.visitor().open(link);

        assertThat(again.has("#wise-sync-log-in-again")).as(again.toString()).isTrue();
        assertThat(opened.has("#wise-sync-link-problem")).as(opened.toString()).isTrue();
        assertThat(testbed.mailbox().all(user.username()))
                .filteredOn(mail -> mail.link().isPresent())
                .hasSize(1);
        assertThat(testbed.realm().users().get(user.id()).toRepresentation().isEmailVerified())
                .isFalse();
    }

    /** Runs with a required action enabled that our realm disables. */
    private void withAction(String alias, Runnable test) {
        RequiredActionProviderRepresentation action = testbed.realm().flows().getRequiredAction(alias);
        action.setEnabled(true);
        testbed.realm().flows().updateRequiredAction(alias, action);
        try {
            test.run();
        } finally {
            action.setEnabled(false);
            testbed.realm().flows().updateRequiredAction(alias, action);
        }
    }

    private void require(Person person, String action) {
        UserResource resource = testbed.realm().users().get(person.id());
        UserRepresentation user = resource.toRepresentation();
        user.setEmailVerified(false);
        user.setRequiredActions(List.of(action));
        resource.update(user);
    }

    /** Makes a change that ends all sessions; returns the user with the current password. */
    private Person change(Person user, String change) {
        Api service = testbed.serviceApi();
        String path = "/accounts/" + DemoAccounts.ACME + "/users/" + user.id();
        switch (change) {
            case "link" -> {
                service.post(path + "/reset-password", null);
                Visitor owner = new Visitor(testbed.server());
                WebPage form = owner.open(
                        testbed.mailbox().take(user.username()).link().orElseThrow());
                WebPage done = owner.submit(
                        form,
                        "input[name=password-new]",
                        Map.of("password-new", "another-password", "password-confirm", "another-password"));
                assertThat(done.has("#wise-sync-link-done")).as(done.toString()).isTrue();
            }
            case "password" ->
                assertThat(service.put(path + "/password", Map.of("password", "another-password"))
                                .status())
                        .isEqualTo(204);
            case "disable" -> {
                assertThat(service.post(path + "/disable", null).status()).isEqualTo(204);
                assertThat(service.post(path + "/enable", null).status()).isEqualTo(204);
                return user;
            }
            default -> {
                assertThat(service.delete(path + "/sessions").status()).isEqualTo(204);
                return user;
            }
        }
        return new Person(user.id(), user.username(), "another-password");
    }

    @Test
    void logOutFromOtherDevicesWaitsForNoApplicationAndLosesNoLogout() throws IOException {
        try (Receiver hung = Receiver.hung();
                Receiver unavailable = Receiver.answering()) {
            Person user = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
            Visitor other = new Visitor(testbed.server());
            for (Receiver receiver : List.of(hung, unavailable)) {
                Login login = new Login(testbed.server(), receiver.application(testbed), other);
                login.tokens(login.through(login.start(), user, testbed.mailbox()));
            }
            unavailable.unavailable(true);
            Login own = testbed.login(Application.WISE_SYNC);
            testbed.mailbox().forget(user.username());
            WebPage code = own.password(own.start("kc_action", "CONFIGURE_RECOVERY_AUTHN_CODES"), user);
            WebPage codes = own.code(code, testbed.mailbox().takeCode(user.username()));

            WebPage after = own.visitor()
                    .submit(codes, "input[name=generatedRecoveryAuthnCodes]", Map.of("logout-sessions", "on"));

            assertThat(hung.abandoned()).as("calls within the request").isZero();
            Tokens tokens = own.tokens(after);
            unavailable.unavailable(false);
            await().atMost(SOON).until(() -> unavailable.received().size() == 1);
            assertThat(testbed.realm().users().get(user.id()).getUserSessions()).hasSize(1);
            assertThat(userinfo(tokens).status()).isEqualTo(200);
        }
    }

    @Test
    void aSecondAccountEndsTheSessionsOfApplicationsOnly() throws IOException {
        try (Receiver receiver = Receiver.answering()) {
            Application application = receiver.application(testbed);
            Person user = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
            Login login = testbed.login(application);
            Tokens tokens = login.as(user, testbed.mailbox());
            Login console = new Login(testbed.server(), Application.ACCOUNT_CONSOLE, login.visitor());
            Tokens ofConsole = console.tokens(console.through(console.start(), user, testbed.mailbox()));

            testbed.people().join(user.id(), DemoAccounts.GLOBEX);

            await().atMost(SOON).until(() -> receiver.received().size() == 1);
            assertInvalidGrant(refresh(tokens, application));
            assertThat(refresh(ofConsole, Application.ACCOUNT_CONSOLE).status()).isEqualTo(200);
        }
    }

    /** A user with a second role has no role. */
    @Test
    void aCompositeRoleWithAnotherRoleLogsOut() throws IOException {
        try (Receiver receiver = Receiver.answering()) {
            Application application = receiver.application(testbed);
            Person user = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
            Tokens tokens = testbed.logIn(user, application);
            RoleRepresentation composite = new RoleRepresentation("composite-" + user.id(), null, false);
            testbed.realm().roles().create(composite);
            RoleResource role = testbed.realm().roles().get(composite.getName());
            try {
                role.addComposites(
                        List.of(testbed.realm().roles().get("merchant-user").toRepresentation()));

                testbed.realm().users().get(user.id()).roles().realmLevel().add(List.of(role.toRepresentation()));

                await().atMost(SOON).until(() -> receiver.received().size() == 1);
                assertInvalidGrant(refresh(tokens, application));
            } finally {
                role.remove();
            }
        }
    }

    @Test
    void losingTheLastCompanyLogsOut() throws IOException {
        try (Receiver receiver = Receiver.answering()) {
            Application application = receiver.application(testbed);
            String account = testbed.people().account("other", "one", "two");
            Person user = testbed.people().create(account, "user", "one");
            testbed.logIn(user, application);

            OrganizationRepresentation now =
                    testbed.realm().organizations().get(account).toRepresentation();
            now.getAttributes().remove("company.one");
            now.getAttributes().remove("company.one.package");
            testbed.realm().organizations().get(account).update(now).close();

            await().atMost(SOON).until(() -> receiver.received().size() == 1);
        }
    }

    /** A workflow changes the attribute and publishes no event about it. */
    @Test
    void losingTheLastCompanyByAWorkflowLogsOut() throws IOException {
        try (Receiver receiver = Receiver.answering()) {
            Application application = receiver.application(testbed);
            Person user = testbed.people().create(testbed.people().account("other", "one"), "user", "one");
            testbed.logIn(user, application);
            Map<String, Object> step =
                    Map.of("uses", "remove-user-attribute", "with", Map.of("attribute", List.of("companies")));
            Api admin = testbed.stockApi();
            String workflow = admin.post("/workflows", Map.of("name", "Remove " + user.id(), "steps", List.of(step)))
                    .createdId();

            assertThat(admin.post("/workflows/%s/activate/USERS/%s".formatted(workflow, user.id()), null)
                            .status())
                    .isEqualTo(204);

            await().atMost(SOON).until(() -> receiver.received().size() == 1);
        }
    }

    @Test
    void aDeletedUserIsLoggedOutOfApplications() throws IOException {
        try (Receiver receiver = Receiver.answering()) {
            Application application = receiver.application(testbed);
            Person user = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
            testbed.logIn(user, application);

            testbed.realm().users().delete(user.id()).close();

            await().atMost(SOON).until(() -> receiver.received().size() == 1);
            assertThat(receiver.received().get(0).getSubject()).isEqualTo(user.id());
        }
    }

    @Test
    void aDisabledAccountLogsItsUsersOutAndEnablingBringsNoSessionBack() throws IOException {
        try (Receiver receiver = Receiver.answering()) {
            Application application = receiver.application(testbed);
            String account = testbed.people().account("other", "one");
            Person admin = testbed.people().create(account, "account-admin");
            Person user = testbed.people().create(account, "user", "one");
            Tokens ofAdmin = testbed.logIn(admin, application);
            Tokens ofUser = offline(user, application);

            enableAccount(account, false);
            await().atMost(SOON).until(() -> receiver.received().size() >= 2);
            enableAccount(account, true);

            assertInvalidGrant(refresh(ofAdmin, application));
            assertInvalidGrant(refresh(ofUser, application));
        }
    }

    @Test
    void aLoginThatWasOpenWhileItsAccountWasDisabledHasToStartAgain() {
        String account = testbed.people().account("other", "one");
        Person user = testbed.people().create(account, "user", "one");
        Login login = testbed.login(Application.WISE_SYNC);
        WebPage code = login.password(login.start(), user);
        long before = notBefore(user);

        enableAccount(account, false);
        await().atMost(SOON).until(() -> notBefore(user) > before);
        enableAccount(account, true);
        WebPage after = login.through(code, user, () -> testbed.mailbox().takeCode(user.username()));

        assertThat(after.has("#wise-sync-log-in-again")).as(after.toString()).isTrue();
        assertThat(testbed.realm().users().get(user.id()).getUserSessions()).isEmpty();
    }

    @Test
    void anInvitationOutlivesADisableOfItsAccount() {
        String account = testbed.people().account("other", "one");
        Person user = testbed.people().create(account, "user", "one");
        String users = "/accounts/" + account + "/users";
        String address = UUID.randomUUID() + "@test.example";
        testbed.serviceApi()
                .post(
                        users,
                        Map.of("role", "merchant-user", "firstName", "New", "lastName", "Comer", "email", address));
        String link = testbed.mailbox().take(address).link().orElseThrow();
        long before = notBefore(user);

        enableAccount(account, false);
        await().atMost(SOON).until(() -> notBefore(user) > before);
        enableAccount(account, true);

        WebPage page = new Visitor(testbed.server()).open(link);
        assertThat(page.has("input[name=password-new]")).as(page.toString()).isTrue();
    }

    /** A user with a second role has no role; a user without the role of an application may not enter it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "role of a group",
                "role of a parent group",
                "composite",
                "removed composite",
                "removed role",
                "replaced role",
                "replaced group",
                "renamed role of a client",
                "role of a client"
            })
    void aRoleThatComesOrGoesThroughOthersLogsOut(String how) throws IOException {
        try (Receiver receiver = Receiver.answering()) {
            Application application = receiver.application(testbed);
            Person user = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
            ThroughOthers through = new ThroughOthers(testbed.realm(), application.clientId(), user);
            try {
                Runnable change = through.prepare(how);
                Tokens tokens = testbed.logIn(user, application);
                assertThat(refresh(tokens, application).status()).isEqualTo(200);

                change.run();

                await().atMost(SOON).until(() -> receiver.received().size() == 1);
                assertInvalidGrant(refresh(tokens, application));
            } finally {
                through.remove();
            }
        }
    }

    @Test
    void aRenamedRoleLogsOut() throws IOException {
        try (Receiver receiver = Receiver.answering()) {
            Application application = receiver.application(testbed);
            Person user = testbed.people().create(DemoAccounts.ACME, "merchant-admin");
            Tokens tokens = testbed.logIn(user, application);
            RoleRepresentation role =
                    testbed.realm().roles().get("merchant-admin").toRepresentation();
            try {
                role.setName("renamed");
                testbed.realm().roles().get("merchant-admin").update(role);

                await().atMost(SOON).until(() -> receiver.received().size() == 1);
                assertInvalidGrant(refresh(tokens, application));
            } finally {
                role.setName("merchant-admin");
                testbed.realm().rolesById().updateRole(role.getId(), role);
            }
        }
    }

    private void awaitNoSession(Person person) {
        await().atMost(SOON)
                .until(() -> testbed.realm()
                        .users()
                        .get(person.id())
                        .getUserSessions()
                        .isEmpty());
    }

    private long notBefore(Person person) {
        return testbed.realm().users().get(person.id()).toRepresentation().getNotBefore();
    }

    private void enable(Person person, boolean enabled) {
        UserResource resource = testbed.realm().users().get(person.id());
        UserRepresentation now = resource.toRepresentation();
        now.setEnabled(enabled);
        resource.update(now);
    }

    private void enableAccount(String id, boolean enabled) {
        OrganizationRepresentation account =
                testbed.realm().organizations().get(id).toRepresentation();
        account.setEnabled(enabled);
        testbed.realm().organizations().get(id).update(account).close();
    }

    private Tokens offline(Person person, Application application) {
        Login login = testbed.login(application);
        return login.tokens(login.through(login.start("scope", "openid offline_access"), person, testbed.mailbox()));
    }

    private static void assertInvalidGrant(Answer answer) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("error").asText()).isEqualTo("invalid_grant");
    }

    private Answer refresh(Tokens tokens, Application application) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("client_id", application.clientId());
        application.secret().ifPresent(secret -> form.put("client_secret", secret));
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", tokens.refresh());
        return Tokens.request(testbed.server(), form);
    }

    private Answer userinfo(Tokens tokens) {
        return new Api(testbed.server().realmUrl(), tokens::access).get("/protocol/openid-connect/userinfo");
    }
}
