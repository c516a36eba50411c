package com.wisesync.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "uma@acme.example",
                "o'brien+x_1@sub.acme.example",
                "r&d/sales=eu@acme.example",
                "j{o}h|n~!#$%^*?`@acme.example",
                "ada@münchen.example",
                "ada@xn--strae-oqa.example", // the Punycode of a sharp s means one domain only
                "ada@пример.example",
                "ada@例え.テスト",
                "ada@한국.example",
                "ada@123.example"
            })
    void acceptsValidAddresses(String address) {
        assertThat(EmailAddress.isWellFormed(address)).isTrue();
        assertThat(EmailAddress.isUnambiguous(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "um\u0430@acme.example", // Cyrillic a
                "\uFF55ma@acme.example", // full-width u
                "u\u0308ma@acme.example", // combining diaeresis
                "uma\u200B@acme.example", // zero-width space
                "\u202Euma@acme.example", // right-to-left override
                "uma@acme.example\u200B",
                "u\uFB01@acme.example", // ligature fi
                "uma\u0000@acme.example",
                "uma@\u0430cme.example", // Cyrillic a in a Latin label
                "uma@stra\u00DFe.example", // IDNA 2003: strasse
                "uma@\u03C3\u03B1\u03C2.example", // final sigma
                "uma@ab\u200Dcd.example", // zero-width joiner
                "uma@\u2603.example", // a symbol, valid in IDNA 2003 only
                "uma@-acme.example",
                "uma@acme_.example"
            })
    void refusesAmbiguousAddresses(String address) {
        assertThat(EmailAddress.isUnambiguous(address)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "' Ada@Acme.Example ', ada@acme.example",
        "ada@XN--MNCHEN-3YA.example, ada@münchen.example",
        "ada@MÜNCHEN.example, ada@münchen.example",
        "Ada, ada",
        "ada@xn--strae-oqa.example, ada@xn--strae-oqa.example"
    })
    void normalizesToOneSpelling(String address, String normalized) {
        assertThat(EmailAddress.normalize(address)).isEqualTo(normalized);
    }

    @Test
    void findsTheAsciiSpelling() {
        assertThat(EmailAddress.withAsciiDomain("ada@münchen.example")).isEqualTo("ada@xn--mnchen-3ya.example");
        assertThat(EmailAddress.withAsciiDomain("no address")).isEqualTo("no address");
    }

    @Test
    void findsBothSpellingsOfADomainThatIsNotAscii() {
        assertThat(EmailAddress.spellings("Uma@M\u00FCller.example"))
                .containsExactly("uma@m\u00FCller.example", "uma@xn--mller-kva.example");
        assertThat(EmailAddress.spellings("uma@xn--mller-kva.example"))
                .containsExactly("uma@m\u00FCller.example", "uma@xn--mller-kva.example");
        assertThat(EmailAddress.spellings("Uma@acme.example")).containsExactly("uma@acme.example");
    }
}
