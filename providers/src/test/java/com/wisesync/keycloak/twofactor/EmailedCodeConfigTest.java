package com.wisesync.keycloak.twofactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.models.AuthenticatorConfigModel;

class EmailedCodeConfigTest {

    private final Logger logger = Logger.getLogger(EmailedCodeConfig.class.getName());
    private final List<String> warnings = new ArrayList<>();
    private final Handler listening = new Listening(warnings);

    @BeforeEach
    void listen() {
        logger.addHandler(listening);
    }

    @AfterEach
    void listenNoMore() {
        logger.removeHandler(listening);
    }

    @Test
    void usesTheDefaultsWhenNothingIsSet() {
        assertThat(EmailedCodeConfig.of(null))
                .isEqualTo(new EmailedCodeConfig(6, Duration.ofMinutes(5), 5, Duration.ofMinutes(1), 5));
    }

    @Test
    void readsTheSettingsOfTheFlow() {
        assertThat(config(Map.of("tries", "3", "lifetime", "120")))
                .isEqualTo(new EmailedCodeConfig(6, Duration.ofMinutes(2), 3, Duration.ofMinutes(1), 5));
    }

    @ParameterizedTest
    @CsvSource({
        "digits, 5, 6, 6 to 10",
        "digits, 11, 6, 6 to 10",
        "lifetime, 59, 300, 60 to 900",
        "lifetime, 901, 300, 60 to 900",
        "tries, 0, 5, 1 to 10",
        "tries, 11, 5, 1 to 10",
        "tries, -1, 5, 1 to 10",
        "tries, many, 5, 1 to 10",
        "tries, 5.5, 5, 1 to 10",
        "tries, 99999999999999999999, 5, 1 to 10",
        "resend-after, 9, 60, 10 to 600",
        "resend-after, 601, 60, 10 to 600",
        "sends-per-hour, 0, 5, 1 to 30",
        "sends-per-hour, 31, 5, 1 to 30"
    })
    void usesTheDefaultForValuesOutOfBoundsAndWarns(String key, String value, int used, String bounds) {
        EmailedCodeConfig config = config(Map.of(key, value));

        assertThat(numbers(config)).containsEntry(key, used);
        assertThat(warnings)
                .containsExactly(
                        "Setting '%s' of 'the step' must be a number from %s; using %d".formatted(key, bounds, used));
    }

    @ParameterizedTest
    @CsvSource({"1, 10, 60, 6", "10, 600, 900, 10"})
    void acceptsValuesOnTheBoundsAndIgnoresBlankOnes(String tries, String resendAfter, String lifetime, String digits) {
        EmailedCodeConfig config = config(Map.of(
                "tries",
                tries,
                "resend-after",
                resendAfter,
                "lifetime",
                lifetime,
                "digits",
                digits,
                "sends-per-hour",
                " "));

        assertThat(numbers(config))
                .containsEntry("tries", Integer.parseInt(tries))
                .containsEntry("resend-after", Integer.parseInt(resendAfter))
                .containsEntry("lifetime", Integer.parseInt(lifetime))
                .containsEntry("digits", Integer.parseInt(digits))
                .containsEntry("sends-per-hour", 5);
        assertThat(warnings).isEmpty();
    }

    private static Map<String, Integer> numbers(EmailedCodeConfig config) {
        return Map.of(
                "digits", config.digits(),
                "lifetime", (int) config.lifetime().toSeconds(),
                "tries", config.tries(),
                "resend-after", (int) config.resendAfter().toSeconds(),
                "sends-per-hour", config.sendsPerHour());
    }

    private static EmailedCodeConfig config(Map<String, String> config) {
        AuthenticatorConfigModel model = new AuthenticatorConfigModel();
        model.setAlias("the step");
        model.setConfig(config);
        return EmailedCodeConfig.of(model);
    }

    private static final class Listening extends Handler {

        private final List<String> warnings;

        Listening(List<String> warnings) {
            this.warnings = warnings;
        }

        @Override
        public void publish(LogRecord said) {
            if (said.getLevel().intValue() >= Level.WARNING.intValue()) {
                warnings.add(said.getMessage());
            }
        }

        @Override
        public void flush() {
            // Nothing is held back.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
