package com.wisesync.keycloak.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

/** A server starts with our realm, and the test tools work. */
class TestbedIT {

    private final Testbed testbed = Testbed.get();

    @Test
    void importsTheRealmWithItsDemoUsers() {
        assertThat(testbed.realm().users().searchByUsername(Person.ADA.username(), true))
                .singleElement()
                .satisfies(ada -> assertThat(ada.getId()).isEqualTo(Person.ADA.id()));
    }

    @Test
    void createsUsersForATest() {
        Person person = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");

        Tokens tokens = testbed.logIn(person, Application.WISE_SYNC);

        assertThat(tokens.accessClaims().path("account_role").asText()).isEqualTo("user");
    }

    @Test
    void opensALoginPageInARealBrowser() {
        try (Browser browser = Browser.launch()) {
            Page page = browser.newPage();

            page.navigate(testbed.login(Application.WISE_SYNC).address());

            assertThat(page.locator(Login.PASSWORD).isVisible()).isTrue();
        }
    }
}
