package com.wisesync.keycloak.twofactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.AuthenticatorConfigModel;

class MailedCodeConfigTest {

    @Test
    void hasTheNumbersOfTheDesignWhenNothingIsSet() {
        assertThat(MailedCodeConfig.of(null))
                .isEqualTo(new MailedCodeConfig(6, Duration.ofMinutes(5), 5, Duration.ofMinutes(1), 5));
    }

    @Test
    void takesWhatTheFlowSets() {
        assertThat(config(Map.of("tries", "3", "lifetime", "120")))
                .isEqualTo(new MailedCodeConfig(6, Duration.ofMinutes(2), 3, Duration.ofMinutes(1), 5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "11", "-1", "many", "5.5", "99999999999999999999", " "})
    void usesTheDefaultForWhatLiesOutOfBounds(String tries) {
        assertThat(config(Map.of("tries", tries)).tries()).isEqualTo(5);
    }

    @Test
    void neverMailsFewerThanSixDigits() {
        assertThat(config(Map.of("digits", "4")).digits()).isEqualTo(6);
    }

    private static MailedCodeConfig config(Map<String, String> config) {
        AuthenticatorConfigModel model = new AuthenticatorConfigModel();
        model.setConfig(config);
        return MailedCodeConfig.of(model);
    }
}
