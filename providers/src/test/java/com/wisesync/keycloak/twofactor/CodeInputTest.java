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
                "1\ufe0f\u20e32\ufe0f\u20e33\ufe0f\u20e34\ufe0f\u20e35\ufe0f\u20e36\ufe0f\u20e3",
                "123\u034f456",
                "\u3164123456\u3164",
                "\uffa0123456",
                "\u2800123456",
                "123456.",
                "123\u00b7456",
                "123_456",
                "\"123456\"",
                "\u201e123456\u201c",
                "\u00ab123456\u00bb,",
                "`123456`",
                "(123) 456",
                "*123456*",
                "\u0661\u0662\u0663\u0664\u0665\u0666"
            })
    void readsACodeHoweverItWasPasted(String pasted) {
        assertThat(CodeInput.normalize(pasted)).isEqualTo("123456");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\u200b\u00a0", "-", "\u3164", "..."})
    void returnsEmptyForInputWithoutCodeCharacters(String pasted) {
        assertThat(CodeInput.normalize(pasted)).isEmpty();
    }

    @Test
    void keepsLettersSoThatAWrongCodeStaysWrong() {
        assertThat(CodeInput.normalize("12345a")).isEqualTo("12345a");
        assertThat(CodeInput.normalize("12.345")).isEqualTo("12345");
        assertThat(CodeInput.normalize(null)).isEmpty();
    }
}
