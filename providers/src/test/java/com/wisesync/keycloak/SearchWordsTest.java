package com.wisesync.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchWordsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sean o'brien",
                "O\u2019BRIEN   se",
                "o`brien, sean",
                "\u200Esean\u00A0o\u00B4brien",
                "sean\to\u02BCb\r\n",
                "bri",
                ", ,",
                ""
            })
    void wordsMatchInAnyOrderAndWithAnyApostrophe(String search) {
        assertThat(SearchWords.of(search).match("Sean O\u2018Brien")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sean brian", "seano", "se%n", "sean_", "o'brien'"})
    void otherWordsDoNotMatch(String search) {
        assertThat(SearchWords.of(search).match("Sean O'Brien")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada@xn--bcher-kva.example",
                "ADA@XN--BCHER-KVA.EXAMPLE",
                "xn--bcher-kva.example",
                "@xn--bcher-kva"
            })
    void anAddressIsFoundByEitherSpellingOfItsDomain(String search) {
        assertThat(SearchWords.of(search).match("ada@b\u00fccher.example")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"a, 1", "a b, 2", "'b, a', 2", "1 2 3 4 5 6 7 8 9 10 11, 10"})
    void eachWordIsACondition(String search, int conditions) {
        assertThat(SearchWords.of(search).conditions("u.name").split(" AND ", -1))
                .hasSize(1 + conditions);
    }

    @Test
    void nothingIsSearchedWithoutAWord() {
        assertThat(SearchWords.of(" ,\u00A0").conditions("u.name")).isEmpty();
    }
}
