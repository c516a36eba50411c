package com.wisesync.keycloak.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.wisesync.keycloak.testing.Browser;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.House;
import com.wisesync.keycloak.testing.Mail;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A mail as a program shows it that knows light and dark. */
class EmailColoursIT {

    /** What WCAG 2.2 asks of text (1.4.3); axe takes the page behind it for white, whatever the scheme. */
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

    private final Testbed testbed = Testbed.get();

    @Test
    void areReadableOnLightAndOnDark() {
        Person person = testbed.people().in(DemoAccounts.ACME, "user", "acme-au");
        // The one with everything in it: the brand, a button, a link.
        testbed.realm().users().get(person.id()).executeActionsEmail(List.of("UPDATE_PASSWORD"));
        Mail mail = testbed.mailbox().take(person.username());

        try (Browser browser = Browser.launch()) {
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                Page page = browser.newContext(new NewContextOptions().setColorScheme(scheme))
                        .newPage();
                page.setContent(mail.html());
                Path picture = House.target().resolve("screenshots/mail-" + scheme + ".png");
                page.screenshot(new ScreenshotOptions().setPath(picture));
                assertThat((List<?>) page.evaluate(TOO_FAINT)).as("%s", scheme).isEmpty();
            }
        }
    }
}
