package com.wisesync.keycloak.wisepay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.wisesync.keycloak.testing.DemoVault;
import com.wisesync.keycloak.testing.Distribution;
import com.wisesync.keycloak.testing.KeycloakProcess;
import com.wisesync.keycloak.wisepay.FaultyWisePay.Received;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of options and of the Vault are used, or reported as invalid. */
@Tag("full")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConfigurationIT {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final String SECRET = "wise-pay-webhook-secret";

    private final Distribution distribution = Distribution.withExtensionOnPostgres();
    private EmbeddedPostgres postgres;
    private FaultTestServer server;

    @BeforeAll
    void start() throws IOException {
        postgres = EmbeddedPostgres.builder().start();
        server = FaultTestServer.open(
                postgres,
                distribution,
                "configuration",
                5,
                1,
                "--spi-events-listener--wise-sync--wise-pay-compare-every=1d");
    }

    @AfterAll
    void stop() throws IOException {
        server.close();
        postgres.close();
    }

    @BeforeEach
    void reset() {
        server.reset();
    }

    @ParameterizedTest
    @CsvSource({
        "'',is not in the vault",
        "whsec_c2l4dGVlbi1ieXRlcy0uLi4=,A webhook secret has 24 to 64 bytes",
        "whsec_***,A webhook secret is not Base64",
        "'whsec_dGhlLW5leHQtc2VjcmV0LW9mLXdpc2UtcGF5LS0tLS0=\nanother-line',contains line breaks"
    })
    void withoutAValidSecretNothingIsSentAndTheErrorIsShown(String secret, String message) throws IOException {
        server.process().secret(SECRET, secret);
        int before = count(server.process().log(), message);
        server.set(server.users().get(0), false);

        await().atMost(TIMEOUT).until(() -> server.number("SELECT MAX(attempts) FROM outbox_entry") > 1);

        assertThat(server.wisePay().calls()).isZero();
        assertThat(server.number("SELECT COUNT(*) FROM outbox_entry WHERE last_error LIKE '%" + message + "%'"))
                .isEqualTo(1);
        assertThat(count(server.process().log(), message)).isGreaterThan(before);
        assertThat(server.process().log()).contains("ERROR").contains("Nothing is sent to Wise-Pay");
        server.process().secret(SECRET, DemoVault.WISE_PAY_WEBHOOK_SECRET);
        await().atMost(TIMEOUT).until(() -> server.wisePay().received().size() == 1);
    }

    @Test
    void eitherSecretIsValidDuringARotation() throws IOException {
        String old = DemoVault.WISE_PAY_WEBHOOK_SECRET;
        String fresh = "whsec_dGhlLW5leHQtc2VjcmV0LW9mLXdpc2UtcGF5LS0tLS0=";
        server.process().secret(SECRET, fresh + " " + old);
        try {
            assertReceived(server.users().get(0), old);
            assertReceived(server.users().get(1), fresh);
            server.process().secret(SECRET, fresh);
            assertReceived(server.users().get(2), fresh);
            assertThat(server.wisePay().unverified()).isZero();
        } finally {
            server.process().secret(SECRET, old);
            server.wisePay().verifyWith(old);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "wise-pay-url,ftp://pay.example,must be an http or https address",
        "wise-pay-webhook-secret,whsec_c2VjcmV0,must be a reference to the vault",
        "wise-pay-compare-every,sometimes,must be a number of seconds"
    })
    void aWrongOptionStopsTheStartAndIsNamed(String name, String value, String message) {
        String option = "spi-events-listener--wise-sync--" + name;

        assertThatThrownBy(() -> KeycloakProcess.start(
                        distribution, server.settings("wrong-option").withOptions("--%s=%s".formatted(option, value))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("The option %s %s".formatted(option, message))
                .hasMessageNotContaining("c2VjcmV0");
    }

    private void assertReceived(String user, String secret) {
        server.wisePay().verifyWith(secret);
        server.set(user, false);
        await().atMost(TIMEOUT).until(() -> server.entries("PENDING") == 0);
        assertThat(server.wisePay().received()).extracting(Received::user).contains(user);
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }
}
