package com.wisesync.keycloak.twofactor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskedAddressTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "uma@acme.example, u\u2022\u2022\u2022@acme.example",
                "u@acme.example, u\u2022\u2022\u2022@acme.example",
                "@acme.example, \u2022\u2022\u2022@acme.example",
                "\uD83D\uDE00x@acme.example, \uD83D\uDE00\u2022\u2022\u2022@acme.example",
                "noaddress, n\u2022\u2022\u2022",
                "null, \u2022\u2022\u2022",
                "'', \u2022\u2022\u2022"
            })
    void showsTheFirstCharacterAndTheDomain(String address, String shown) {
        assertThat(MaskedAddress.of(address)).isEqualTo(shown);
    }
}
