package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.Refusal;

/** Which part of a list. */
record Page(int first, int max) {

    static final String DEFAULT_MAX = "20";
    private static final int MAX = 100;

    /** Takes text, so that the error for an invalid number has the form of this API. */
    static Page of(String first, String max) {
        return new Page(number("first", first, 0, Integer.MAX_VALUE), number("max", max, 1, MAX));
    }

    private static int number(String field, String text, int min, int max) {
        try {
            int number = Integer.parseInt(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw Refusal.invalid(field, "wiseSyncFieldNoNumber", min, max);
        }
        throw Refusal.invalid(field, "wiseSyncFieldNoNumber", min, max);
    }
}
