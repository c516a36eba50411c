package com.wisesync.keycloak.twofactor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeInputTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "123456",
                " 123 456\r\n",
                "123\u00a0456",
                "123\u202f456",
                "\u200b123\u200d456\ufeff",
                "\u2068123456\u2069",
                "123-456",
                "123\u2011456",
                "123\u2013456",
                "123\u2212456",
                "\uff11\uff12\uff13\uff14\uff15\uff16",
                "\u0661\u0662\u0663\u0664\u0665\u0666"
            })
    void readsACodeHoweverItWasPasted(String pasted) {
        assertThat(CodeInput.normalize(pasted)).isEqualTo("123456");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\u200b\u00a0", "-"})
    void returnsEmptyForInputWithoutCodeCharacters(String pasted) {
        assertThat(CodeInput.normalize(pasted)).isEmpty();
    }

    @Test
    void keepsOtherCharactersSoThatAWrongCodeStaysWrong() {
        assertThat(CodeInput.normalize("12345a")).isEqualTo("12345a");
        assertThat(CodeInput.normalize("12.345")).isEqualTo("12.345");
        assertThat(CodeInput.normalize(null)).isEmpty();
    }
}
