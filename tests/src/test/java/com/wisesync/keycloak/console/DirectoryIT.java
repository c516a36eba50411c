package com.wisesync.keycloak.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Browser;
import com.wisesync.keycloak.testing.Person;
import org.junit.jupiter.api.Test;

/** An account-admin connects a directory in the console. */
class DirectoryIT {

    @Test
    void anAdminCreatesATokenLinksAUserAndRevokesTheToken() {
        Msp msp = Msp.onAutotask();
        Person existing = msp.user("au");
        try (Browser browser = Browser.launch();
                Console console = Console.as(msp.admin(), browser)) {
            console.at("/account");
            console.link("Connect a directory").click();
            console.button("Create token").click();
            assertThat(console.dialog()).containsText("The token is shown only now.");
            String secret = shown(console, "Token");
            String url = shown(console, "SCIM address");
            console.inDialog("I have copied the token").click();
            assertThat(console.page().content()).doesNotContain(secret);

            // For a directory with this URL and token, the user already exists.
            Api directory = new Api(url, () -> secret);
            String user = """
                    {"userName":"%s","externalId":"from-the-directory","name":{"familyName":"Existing"}}""".formatted(existing.username());
            assertThat(directory.post("/Users", user).status()).isEqualTo(409);
            console.page().reload();
            console.button("Link to the directory").click();
            assertThat(console.text(existing.username() + " is now managed by the directory"))
                    .isVisible();
            assertThat(directory
                            .get("/Users")
                            .json()
                            .at("/Resources/0/externalId")
                            .asText())
                    .isEqualTo("from-the-directory");

            console.link("1 user from the directory").click();
            assertThat(console.table()).containsText(existing.username());
            console.at("/users/" + existing.id());
            assertThat(console.text("Managed by the directory: it creates, changes and disables this user."))
                    .isVisible();
            assertThat(console.field("Email address")).hasCount(0);

            console.at("/account/directory");
            console.table().getByRole(AriaRole.BUTTON).click();
            console.inDialog("Revoke").click();
            assertThat(console.text("The token was revoked")).isVisible();
            assertThat(directory.get("/Users").status()).isEqualTo(401);
        }
    }

    private static String shown(Console console, String label) {
        return console.dialog()
                .getByRole(
                        AriaRole.TEXTBOX,
                        new Locator.GetByRoleOptions().setName(label).setExact(true))
                .inputValue();
    }
}
