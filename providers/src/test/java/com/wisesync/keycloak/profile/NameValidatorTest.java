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
            strings = {"<b>Ada</b>", "M\uFFFDller", "Ada\u0000", "Ada\u202E", "Ada\u200B", "Ada\nArcher", "Ada\u2028"})
    void refusesInvalidCharacters(String name) {
        assertThat(NameValidator.isName(name)).isFalse();
    }
}
