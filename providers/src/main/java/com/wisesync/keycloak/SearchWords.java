package com.wisesync.keycloak;

import jakarta.persistence.Query;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The words of a search. All of them have to occur, in any order and case, and with any apostrophe: {@code archer ada} finds Ada
 * Archer.
 */
public final class SearchWords {

    private static final int MAX_WORDS = 10;

    /**
     * No-break spaces and invisible characters too, which come with a name that is copied from a web page, and the comma of
     * {@code Archer, Ada}.
     */
    private static final Pattern SEPARATOR = Pattern.compile("[\\s\\p{Z}\\p{Cc}\\p{Cf},]+");

    /** Characters that are typed instead of an apostrophe. */
    private static final String APOSTROPHES = "\u2018\u2019\u02BC\u00B4`";

    private static final Pattern APOSTROPHE = Pattern.compile("[" + APOSTROPHES + "]");

    private final List<String> words;

    private SearchWords(List<String> words) {
        this.words = words;
    }

    /** The words of a text, of which the first {@value #MAX_WORDS} count; without any, everything matches. */
    public static SearchWords of(String text) {
        return new SearchWords(SEPARATOR
                .splitAsStream(comparable(text))
                .filter(word -> !word.isEmpty())
                .map(SearchWords::withUnicodeDomain)
                .limit(MAX_WORDS)
                .toList());
    }

    /** Whether all words occur in a text. */
    public boolean match(String text) {
        return words.stream().allMatch(comparable(text)::contains);
    }

    /**
     * The conditions that all words occur in a text, to be added to others; {@link #bind} sets their parameters.
     *
     * @param text an HQL expression. No word contains a space, so none matches across two values that a space separates
     */
    public String conditions(String text) {
        String searched = APOSTROPHES
                .chars()
                .mapToObj(Character::toString)
                .reduce(
                        "LOWER(" + text + ")",
                        (replaced, apostrophe) -> "REPLACE(" + replaced + ", '" + apostrophe + "', '''')");
        return IntStream.range(0, words.size())
                .mapToObj(i -> " AND " + searched + " LIKE :word" + i + " ESCAPE '!'")
                .collect(Collectors.joining());
    }

    /** Sets the parameters of {@link #conditions}. */
    public void bind(Query query) {
        for (int i = 0; i < words.size(); i++) {
            query.setParameter("word" + i, "%" + words.get(i).replaceAll("[!%_]", "!$0") + "%");
        }
    }

    /** As {@link EmailAddress} stores it, also if only a domain is searched. */
    private static String withUnicodeDomain(String word) {
        if (!word.contains("xn--")) {
            return word;
        }
        return word.indexOf('@') < 0 ? EmailAddress.normalize('@' + word).substring(1) : EmailAddress.normalize(word);
    }

    private static String comparable(String text) {
        return APOSTROPHE.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("'");
    }
}
