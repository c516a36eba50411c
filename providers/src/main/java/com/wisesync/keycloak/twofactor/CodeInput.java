package com.wisesync.keycloak.twofactor;

import jakarta.ws.rs.core.MultivaluedMap;
import java.text.Normalizer;

/**
 * A code as a user types or pastes it. Apps show {@code 123 456}; emails and chats add quotes, dots, hyphens, no-break and
 * invisible characters, and use full-width digits or digits in boxes. Everything except letters and digits is dropped, before a
 * try is counted. Letters stay, because recovery codes contain them and a code with a wrong letter is wrong.
 */
final class CodeInput {

    private CodeInput() {}

    /** Returns the letters and digits of the input, in NFKC, with ASCII digits; empty for null. */
    static String normalize(String input) {
        if (input == null) {
            return "";
        }
        StringBuilder code = new StringBuilder();
        Normalizer.normalize(input, Normalizer.Form.NFKC).codePoints().forEach(character -> append(code, character));
        return code.toString();
    }

    private static void append(StringBuilder code, int character) {
        if (Character.isDigit(character)) {
            code.append(Character.digit(character, 10));
        } else if (Character.isLetter(character) && !isInvisible(character)) {
            code.appendCodePoint(character);
        }
    }

    /** The Hangul fillers: letters without a glyph. NFKC replaces their other forms with these. */
    private static boolean isInvisible(int character) {
        return character == '\u115f' || character == '\u1160';
    }

    /** Normalises a field of a submitted form in place, for Keycloak's own step that reads it afterwards. */
    static void normalize(MultivaluedMap<String, String> form, String field) {
        if (form.getFirst(field) != null) {
            form.putSingle(field, normalize(form.getFirst(field)));
        }
    }
}
