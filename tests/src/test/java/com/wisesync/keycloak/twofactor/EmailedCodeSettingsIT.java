package com.wisesync.keycloak.twofactor;

import static org.assertj.core.api.Assertions.assertThat;

import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Mail;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.WebPage;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.AuthenticatorConfigRepresentation;

/** The settings of emailed codes in the flow; the shortest lifetime is a minute. */
@Tag("full")
class EmailedCodeSettingsIT {

    private final Testbed testbed = Testbed.get();
    private AuthenticatorConfigRepresentation before;

    @BeforeEach
    void set() {
        String id = testbed.realm().flows().getExecutions("wise-sync forms code").stream()
                .filter(step -> "wise-sync-mailed-code".equals(step.getProviderId()))
                .findFirst()
                .orElseThrow()
                .getAuthenticationConfig();
        before = testbed.realm().flows().getAuthenticatorConfig(id);
        AuthenticatorConfigRepresentation changed = testbed.realm().flows().getAuthenticatorConfig(id);
        changed.setConfig(new HashMap<>(
                Map.of("digits", "8", "lifetime", "60", "tries", "2", "resend-after", "10", "sends-per-hour", "1000")));
        testbed.realm().flows().updateAuthenticatorConfig(id, changed);
    }

    @AfterEach
    void reset() {
        testbed.realm().flows().updateAuthenticatorConfig(before.getId(), before);
    }

    @Test
    void theFlowSetsLengthLifetimeAndTries() {
        Person person = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        Login login = testbed.login(Application.WISE_SYNC);
        WebPage page = login.password(login.start(), person);
        String first = code(person);
        assertThat(page.text()).contains("8-digit code");

        WebPage expired = Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofSeconds(1))
                .until(login::reload, seen -> !seen.has(Login.CODE));
        assertThat(expired.text()).contains("The code has expired");
        WebPage late = login.code(page, first);
        assertThat(late.text()).contains("The code has expired");
        assertThat(testbed.realm().getEvents(List.of("LOGIN_ERROR"), null, person.id(), null, null, null, 0, 10))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getError()).isEqualTo("expired_code");
                    assertThat(event.getDetails()).containsEntry("credential_type", "mailed-code");
                });

        WebPage next = login.visitor().press(late, "#wise-sync-code-resend");
        String second = code(person);
        next = login.code(login.code(next, first), first);
        assertThat(login.code(next, second).text()).contains("Too many failed attempts");
    }

    private String code(Person person) {
        Mail mail = testbed.mailbox().take(person.username());
        assertThat(mail.subject()).matches("\\d{8} is your login code");
        return mail.subject().substring(0, 8);
    }
}
