package com.wisesync.keycloak.wisepay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.AdditionalAnswers.answer;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.Config;

class WisePayConfigTest {

    @Test
    void requiresOnlyTheUrl() {
        WisePayConfig config = config("wise-pay-url", "https://pay.example/base/");

        assertThat(config.url()).contains(URI.create("https://pay.example/base"));
        assertThat(config.apiKey()).isEqualTo("${vault.wise-pay-api-key}");
        assertThat(config.webhookSecret()).isEqualTo("${vault.wise-pay-webhook-secret}");
        assertThat(config.reconcileEvery()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void theUrlIsOptional() {
        assertThat(config().url()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pay.example",
                "ftp://pay.example",
                "https://user:secret@pay.example",
                "https://pay.example?x=1",
                "https://pay.example#x",
                "https:///links",
                "https://pay example"
            })
    void refusesInvalidUrls(String url) {
        assertThatThrownBy(() -> config("wise-pay-url", url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The option spi-events-listener--wise-sync--wise-pay-url ")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wise-pay-api-key", "wise-pay-webhook-secret"})
    void refusesASecretInTheOption(String option) {
        assertThatThrownBy(() -> config(option, "the-secret"))
                .hasMessageContaining("spi-events-listener--wise-sync--" + option)
                .hasMessageContaining("${vault.")
                .hasMessageNotContaining("the-secret");
    }

    @ParameterizedTest
    @CsvSource({
        "wise-pay-compare-every,soon",
        "wise-pay-compare-every,0s",
        "wise-pay-parallel,0",
        "wise-pay-parallel,many"
    })
    void refusesInvalidNumbers(String option, String value) {
        assertThatThrownBy(() -> config(option, value)).hasMessageContaining("--" + option + " must be a number");
    }

    private static WisePayConfig config(String... option) {
        Map<String, String> options = option.length == 0 ? Map.of() : Map.of(option[0], option[1]);
        Config.Scope scope = mock(Config.Scope.class);
        when(scope.get(any())).thenAnswer(answer(options::get));
        when(scope.get(any(), any())).thenAnswer(answer(options::getOrDefault));
        return WisePayConfig.of(scope);
    }
}
