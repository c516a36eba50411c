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
                "ada@123.example",
                "info@paral\u00B7lel.cat",
                "info@xn--parallel-koa.cat",
                "info@\u30CB\u30E5\u30FC\u30FB\u30B9.example", // Katakana middle dot
                "\u7528\u6237@\u4F8B\u3048.jp", // Han
                "\u305F\u306A\u304B\u4E2D@acme.example", // Hiragana and Han
                "\u0430\u0434\u0430.1@\u043F\u0440\u0438\u043C\u0435\u0440.example", // Cyrillic on both sides
                "\u0939\u093F\u0928\u094D\u0926\u0940@\u0939\u093F\u0928\u094D\u0926\u0940.example" // vowel signs
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
                "\u0430\u0441\u0435@acme.example", // Cyrillic letters that all look like Latin ones
                "uma\u7528@acme.example", // Latin and Han
                "uma@ac\u00B7me.example", // a middle dot beside another letter than l
                "uma@ac\u30FBme.example", // a Katakana middle dot beside Latin letters
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
        "'\"Uma\"@acme.example', uma@acme.example",
        "'\"u\\m.a\"@acme.example', um.a@acme.example",
        "'\"u,\\ma\"@acme.example', '\"u,ma\"@acme.example'",
        "'\"u..ma\"@acme.example', '\"u..ma\"@acme.example'",
        "'\"u\"ma\"@acme.example', '\"u\"ma\"@acme.example'",
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
