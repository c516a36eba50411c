package com.wisesync.keycloak.admin;

import java.util.regex.Pattern;

/**
 * Protects values of a CSV file that a spreadsheet would run as a formula: an apostrophe is put before them. This includes the
 * part of a value after a separator, because a spreadsheet may split a file at another separator than the one it was written
 * with. The console's exports do the same (csv.ts), and an import undoes it.
 */
final class Formulas {

    /** The first character of a formula, also in full width. Spaces, quotes and apostrophes in front of it do not protect. */
    private static final String BEGINNING = "([\\s\\p{Z}\uFEFF\"']*[=+\\-@\\t\\r\\n\uFF0B\uFF0D\uFF1D\uFF20])";

    private static final String CELL = "(^|[,;\\t|])";
    private static final Pattern FORMULA = Pattern.compile(CELL + BEGINNING);
    private static final Pattern PROTECTED = Pattern.compile(CELL + "'" + BEGINNING);

    private Formulas() {}

    /** The value, with an apostrophe before each part that a spreadsheet would run as a formula. */
    static String protect(String value) {
        return FORMULA.matcher(value).replaceAll("$1'$2");
    }

    /** The value without the apostrophes that {@link #protect} added. */
    static String unprotect(String value) {
        return PROTECTED.matcher(value).replaceAll("$1$2");
    }
}
