package com.wisesync.keycloak.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.Axe;
import com.wisesync.keycloak.testing.Browser;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Mail;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.SourceTree;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.UserBody;
import com.wisesync.keycloak.testing.WebPage;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.admin.client.resource.UserResource;
import org.keycloak.representations.idm.UserRepresentation;

/** Emails of every kind in a mail program with light and dark scheme, on a narrow screen. */
class EmailLayoutIT {

    /** The contrast that WCAG 2.2 requires (1.4.3); axe assumes a white page in every scheme. */
    private static final String TOO_FAINT = """
            () => {
              document.documentElement.style.background = 'Canvas';
              const style = element => getComputedStyle(element);
              const light = color => color.match(/[\\d.]+/g).slice(0, 3)
                .map(part => part / 255)
                .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
                .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
              const behind = element => style(element).backgroundColor === 'rgba(0, 0, 0, 0)'
                ? behind(element.parentElement) : style(element).backgroundColor;
              const contrast = element => {
                const both = [light(style(element).color), light(behind(element))];
                return (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05);
              };
              return [...document.querySelectorAll('body *')]
                .filter(element => [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
                .filter(element => contrast(element) < 4.5)
                .map(element => contrast(element).toFixed(1) + ': ' + element.innerText);
            }
            """;

    /** Wider than the screen. */
    private static final String LONG_NAME = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk";

    private static final String TOO_WIDE = "() => document.documentElement.scrollWidth > innerWidth";

    private final Testbed testbed = Testbed.get();

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void emailsAreReadableOnLightAndDarkAndOnAPhone(String language) {
        Map<String, Mail> mails = everyKind(language);

        try (Browser browser = Browser.launch()) {
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                Page page = browser.newContext(
                                new NewContextOptions().setColorScheme(scheme).setViewportSize(320, 640))
                        .newPage();
                mails.forEach((kind, mail) -> {
                    String what = "mail-%s-%s-%s".formatted(kind, language, scheme);
                    page.setContent(mail.html());
                    Path picture = SourceTree.target().resolve("screenshots/" + what + ".png");
                    page.screenshot(new ScreenshotOptions().setPath(picture).setFullPage(true));
                    assertThat((List<?>) page.evaluate(TOO_FAINT)).as(what).isEmpty();
                    assertThat(page.evaluate(TOO_WIDE)).as(what).isEqualTo(false);
                    if (scheme == ColorScheme.LIGHT) {
                        assertThat(Axe.violations(page)).as(what).isEmpty();
                    }
                    assertThat(page.getAttribute("html", "lang")).as(what).isEqualTo(language);
                });
            }
        }
    }

    /** One email of each kind, including Keycloak's own, to a user of that language. */
    private Map<String, Mail> everyKind(String language) {
        Person person = testbed.people()
                .imported(DemoAccounts.ACME, LONG_NAME, Map.of("locale", language, "companies", "acme-au"));
        UserResource stock = testbed.realm().users().get(person.id());
        Api service = testbed.serviceApi();
        String users = "/accounts/%s/users".formatted(DemoAccounts.ACME);
        String invited = "invited-%s@test.example".formatted(UUID.randomUUID());
        Map<String, Mail> mails = new LinkedHashMap<>();

        stock.executeActionsEmail(List.of("UPDATE_PASSWORD"));
        mails.put("actions", testbed.mailbox().take(person.username()));
        stock.sendVerifyEmail();
        mails.put("verification", testbed.mailbox().take(person.username()));
        Login login = testbed.login(Application.WISE_SYNC);
        WebPage start = login.start();
        WebPage forgotten = login.visitor().press(start, "a[href*=reset-credentials]");
        login.visitor().submit(forgotten, "input[name=username]", Map.of("username", person.username()));
        mails.put("reset", testbed.mailbox().take(person.username()));
        Login coded = testbed.login(Application.WISE_SYNC);
        coded.password(coded.start(), person);
        mails.put("code", testbed.mailbox().take(person.username()));
        assertThat(service.put(
                                users + "/" + person.id() + "/password",
                                Map.of("password", "another-" + UUID.randomUUID()))
                        .status())
                .isEqualTo(204);
        mails.put("notice", testbed.mailbox().take(person.username()));
        Person admin = testbed.people().create(DemoAccounts.ACME, "account-admin");
        setLanguage(admin, language);
        Answer created = testbed.api(admin)
                .post(users, UserBody.named(LONG_NAME, "Invited", UserBody.edit("user", invited, invited, "acme-au")));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        mails.put("invitation", testbed.mailbox().take(invited));
        return mails;
    }

    /** An invitation is written in the language of the inviting user. */
    private void setLanguage(Person person, String language) {
        UserResource resource = testbed.realm().users().get(person.id());
        UserRepresentation user = resource.toRepresentation();
        user.singleAttribute("locale", language);
        resource.update(user);
    }
}
