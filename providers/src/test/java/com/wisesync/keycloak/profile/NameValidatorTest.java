package com.wisesync.keycloak.profile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameValidatorTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "O\u2019Brien",
                "O'Brien",
                "Ada (Finance)",
                "R&D / Sales",
                "Müller-Lüdenscheidt",
                "Анна",
                "山田",
                "J.R."
            })
    void acceptsRealNames(String name) {
        assertThat(NameValidator.isName(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://evil.example", "Log in: HTTPS://evil.example", "www.evil.example", " WWW.evil.example"})
    void refusesWebAddresses(String name) {
        assertThat(NameValidator.isWebAddress(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"R&D / Sales", "Ada: Finance", "Wwwyeth", "J.R.", "Acme Inc. // EU"})
    void acceptsNamesThatAreNoWebAddresses(String name) {
        assertThat(NameValidator.isWebAddress(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<b>Ada</b>", "M\uFFFDller", "Ada\u0000", "Ada\u202E", "Ada\u200B", "Ada\nArcher", "Ada\u2028"})
    void refusesInvalidCharacters(String name) {
        assertThat(NameValidator.isName(name)).isFalse();
    }
}
