package com.wisesync.keycloak.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpreadsheetTest {

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u00A0=1", "＝1", "=\n1"})
    void formulasArePrecededByAnApostrophe(String value) {
        assertThat(Spreadsheet.protect(value)).isEqualTo("'" + value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "uma@acme.example", "O'Brien-Smith", "a=b", "'quoted'", "2026-11-28T09:30:00Z"})
    void otherValuesAreUnchanged(String value) {
        assertThat(Spreadsheet.protect(value)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "x;=cmd|' /C calc'!A0 # x;'=cmd|' /C calc'!A0",
                "x, =1 # x,' =1",
                "x|\"@SUM(A1) # x|'\"@SUM(A1)",
                "x;\u00A0＋1 # x;'\u00A0＋1",
                "First|-Second|+Third # First|'-Second|'+Third"
            })
    void aFormulaAfterASeparatorIsPrecededByAnApostrophe(String value, String safe) {
        assertThat(Spreadsheet.protect(value)).isEqualTo(safe);
    }

    /** All texts of up to five of these characters. */
    @Test
    void anImportReadsWhatWasExported() {
        List<String> alphabet = List.of("a", ";", "\t", "'", "\"", "=", " ", "-");
        Stream<String> texts = Stream.of("");
        for (int length = 0; length < 5; length++) {
            texts = texts.flatMap(
                    text -> Stream.concat(Stream.of(text), alphabet.stream().map(character -> text + character)));
        }

        assertThat(texts.filter(text ->
                        !Spreadsheet.unprotect(Spreadsheet.protect(text)).equals(text)))
                .isEmpty();
    }
}
