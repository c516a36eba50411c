package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * CSV files of spreadsheet programs. Reads the rows: UTF-8 or UTF-16, with or without a byte order mark, or Windows-1252;
 * separated by commas, semicolons or tabs, which a first line {@code sep=;} can name.
 *
 * <p>Protects values that a spreadsheet would run as a formula: an apostrophe is put before them. This includes the part of a
 * value after a separator, because a spreadsheet may split a file at another separator than the one it was written with. The
 * console's exports do the same (csv.ts), and an import undoes it.
 */
final class Spreadsheet {

    private static final int MAX_MB = 2;
    private static final int MAX_BYTES = MAX_MB * 1_000_000;

    /** Excel reads this line and does not show it. */
    private static final Pattern SEPARATOR_LINE = Pattern.compile(
            "\\A\"?sep=([^\"\\r\\n\\p{L}\\d])\"?[^\\S\\r\\n]*(\\r\\n|\\n|\\r|\\z)", Pattern.CASE_INSENSITIVE);

    /** Java does not count them as whitespace. */
    private static final Pattern NO_BREAK_SPACE = Pattern.compile("[\\u00A0\\u2007\\u202F]");

    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    /** The first character of a formula, also in full width. Spaces, quotes and apostrophes in front of it do not protect. */
    private static final String FORMULA_START = "([\\s\\p{Z}\uFEFF\"']*[=+\\-@\\t\\r\\n\uFF0B\uFF0D\uFF1D\uFF20])";

    private static final String CELL_START = "(^|[,;\\t|])";
    private static final Pattern FORMULA = Pattern.compile(CELL_START + FORMULA_START);
    private static final Pattern PROTECTED = Pattern.compile(CELL_START + "'" + FORMULA_START);

    private Spreadsheet() {}

    /**
     * A row that is not empty.
     *
     * @param number the row's number in the spreadsheet, from 1
     * @param cells the cells, as they are in the file
     */
    record Row(int number, List<String> cells) {

        Row {
            cells = List.copyOf(cells);
        }

        /** The cell in a column; empty if the row is shorter. */
        String cell(int column) {
            return column < cells.size() ? cells.get(column) : "";
        }

        /** The cell in a column, with spaces in place of no-break spaces, which web pages and word processors contain. */
        String text(int column) {
            return withPlainSpaces(cell(column));
        }
    }

    private static String withPlainSpaces(String text) {
        return NO_BREAK_SPACE.matcher(text).replaceAll(" ");
    }

    /** The value, with an apostrophe before each part that a spreadsheet would run as a formula. */
    static String protect(String value) {
        return FORMULA.matcher(value).replaceAll("$1'$2");
    }

    /** The value without the apostrophes that {@link #protect} added. */
    static String unprotect(String value) {
        return PROTECTED.matcher(value).replaceAll("$1$2");
    }

    /** The letters of a column, from 0, as spreadsheets name it: A, B, ... Z, AA. */
    static String columnName(int column) {
        String last = String.valueOf((char) ('A' + column % 26));
        return column < 26 ? last : columnName(column / 26 - 1) + last;
    }

    /**
     * Reads all rows that are not empty.
     *
     * @throws Refusal if the file is too large, its encoding is unknown, or it is no CSV file
     */
    static List<Row> read(InputStream body) {
        String text = decode(bytes(body));
        Matcher separator = SEPARATOR_LINE.matcher(text);
        boolean named = separator.find();
        String content = named ? text.substring(separator.end()) : text;
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(named ? separator.group(1).charAt(0) : delimiter(content))
                .setIgnoreEmptyLines(false)
                .get();
        try (CSVParser parser = CSVParser.parse(new StringReader(content), format)) {
            return rows(parser);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Row> rows(CSVParser parser) {
        List<Row> rows = new ArrayList<>();
        try {
            for (CSVRecord row : parser) {
                if (row.stream().anyMatch(cell -> !withPlainSpaces(cell).isBlank())) {
                    rows.add(new Row((int) row.getRecordNumber(), row.toList()));
                }
            }
            return rows;
        } catch (UncheckedIOException e) {
            throw Refusal.invalid(null, "wiseSyncImportNotCsv", parser.getRecordNumber() + 1);
        }
    }

    private static byte[] bytes(InputStream body) {
        try {
            byte[] bytes = body.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw Refusal.of(Refusal.Kind.TOO_LARGE, "wiseSyncImportTooLarge", MAX_MB);
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A byte order mark decides; without one, zero bytes reveal UTF-16, and what is not valid UTF-8 is Windows-1252. */
    private static String decode(byte[] bytes) {
        Stream<Charset> candidates;
        if (startsWith(bytes, 0xFF, 0xFE)) {
            candidates = Stream.of(StandardCharsets.UTF_16LE);
        } else if (startsWith(bytes, 0xFE, 0xFF)) {
            candidates = Stream.of(StandardCharsets.UTF_16BE);
        } else if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
            candidates = Stream.of(StandardCharsets.UTF_8);
        } else if (bytes.length >= 2 && bytes[0] != 0 && bytes[1] == 0) {
            candidates = Stream.of(StandardCharsets.UTF_16LE);
        } else if (bytes.length >= 2 && bytes[0] == 0 && bytes[1] != 0) {
            candidates = Stream.of(StandardCharsets.UTF_16BE);
        } else {
            candidates = Stream.of(StandardCharsets.UTF_8, WINDOWS_1252);
        }
        String text = candidates
                .flatMap(charset -> decode(bytes, charset).stream())
                .findFirst()
                .orElseThrow(() -> Refusal.invalid(null, "wiseSyncImportEncoding"));
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static Optional<String> decode(byte[] bytes, Charset charset) {
        try {
            return Optional.of(
                    charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (bytes.length <= i || (bytes[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    /** The separator that is most frequent in the first line with content, outside quotes. */
    private static char delimiter(String text) {
        String header = text.lines()
                .filter(line -> !withPlainSpaces(line).isBlank())
                .findFirst()
                .orElse("")
                .replaceAll("\"[^\"]*\"", "");
        char best = ',';
        for (char candidate : new char[] {';', '\t'}) {
            if (count(header, candidate) > count(header, best)) {
                best = candidate;
            }
        }
        return best;
    }

    private static long count(String text, char searched) {
        return text.chars().filter(c -> c == searched).count();
    }
}
