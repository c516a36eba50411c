package com.wisesync.keycloak.profile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressValidatorTest {

    @ParameterizedTest
    @ValueSource(strings = {"uma@acme.example", "o'neil+x_1@sub.acme.example", "jürgen@größe.example"})
    void anAddressIsWhatItLooksLike(String address) {
        assertThat(AddressValidator.isPlain(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "um\u0430@acme.example", // Cyrillic a
                "\uFF55ma@acme.example", // full-width u
                "u\u0308ma@acme.example", // combining diaeresis
                "uma\u200B@acme.example", // zero-width space
                "\u202Euma@acme.example", // right-to-left override
                "uma@acme.example\u00A0", // no-break space
                "u\uFB01@acme.example", // ligature fi
                "uma\u0000@acme.example"
            })
    void anAddressThatReadsLikeAnotherIsRefused(String address) {
        assertThat(AddressValidator.isPlain(address)).isFalse();
    }
}
