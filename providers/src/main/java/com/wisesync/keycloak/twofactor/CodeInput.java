package com.wisesync.keycloak.twofactor;

import jakarta.ws.rs.core.MultivaluedMap;
import java.text.Normalizer;

/**
 * A code as a user types or pastes it. Apps show {@code 123 456}; emails and chats add no-break and zero-width spaces,
 * hyphens and full-width digits. All of them are normalised alike, before a try is counted.
 */
final class CodeInput {

    private CodeInput() {}

    /** Returns the input in NFKC without spaces, invisible characters and hyphens; empty for null. */
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
        } else if (!isSeparator(character)) {
            code.appendCodePoint(character);
        }
    }

    private static boolean isSeparator(int character) {
        return switch (Character.getType(character)) {
            case Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.CONTROL,
                    Character.FORMAT,
                    Character.DASH_PUNCTUATION -> true;
            default -> character == '\u2212';
        };
    }

    /** Normalises a field of a submitted form in place, for Keycloak's own step that reads it afterwards. */
    static void normalize(MultivaluedMap<String, String> form, String field) {
        if (form.getFirst(field) != null) {
            form.putSingle(field, normalize(form.getFirst(field)));
        }
    }
}
