package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.admin.UserReps.NewUserRep;
import com.wisesync.keycloak.user.UserImport;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Users in a CSV file, as spreadsheets write them. */
final class CsvFile {

    static final int MAX_ROWS = 5_000;
    private static final int MAX_MB = 2;
    private static final int MAX_BYTES = MAX_MB * 1_000_000;
    private static final Set<String> REQUIRED = Set.of("role", "companies", "firstName", "lastName", "email");
    private static final Set<String> KNOWN =
            Set.of("role", "companies", "firstName", "lastName", "email", "username", "password");

    /**
     * One row.
     *
     * @param line of the file, on which the row ends
     */
    record Line(long line, String email, UserImport.Row row) {}

    private CsvFile() {}

    /** @throws Refusal when it is no file of users; what is wrong with single rows stands in them */
    static List<Line> read(InputStream body) {
        String text = text(body);
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(delimiter(text))
                .setHeader()
                .setSkipHeaderRecord(true)
                .setIgnoreEmptyLines(true)
                .setAllowMissingColumnNames(false)
                .get();
        try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
            List<String> header = parser.getHeaderNames();
            if (!header.containsAll(REQUIRED) || !KNOWN.containsAll(header)) {
                throw Refusal.invalid(null, "wiseSyncImportHeader");
            }
            List<Line> lines = new ArrayList<>();
            for (CSVRecord csv : parser) {
                if (lines.size() == MAX_ROWS) {
                    throw Refusal.invalid(null, "wiseSyncImportTooManyRows", MAX_ROWS);
                }
                lines.add(line(lines.size() + 1, parser.getCurrentLineNumber(), csv));
            }
            if (lines.isEmpty()) {
                throw Refusal.invalid(null, "wiseSyncImportEmpty");
            }
            return lines;
        } catch (IllegalArgumentException e) {
            // A column without a name, or two with the same.
            throw Refusal.invalid(null, "wiseSyncImportHeader");
        } catch (IOException | UncheckedIOException e) {
            throw Refusal.invalid(null, "wiseSyncImportNotCsv");
        }
    }

    private static Line line(int number, long line, CSVRecord csv) {
        if (!csv.isConsistent()) {
            return new Line(line, null, wrong(number, Refusal.invalid(null, "wiseSyncImportRowLength")));
        }
        String email = cell(csv, "email");
        try {
            NewUserRep user = new NewUserRep(
                    cell(csv, "role"),
                    companies(cell(csv, "companies")),
                    cell(csv, "firstName"),
                    cell(csv, "lastName"),
                    email,
                    cell(csv, "username"),
                    cell(csv, "password"));
            return new Line(line, email, new UserImport.Row(number, Optional.of(user.user()), List.of()));
        } catch (Refusal refusal) {
            return new Line(line, email, wrong(number, refusal));
        }
    }

    private static UserImport.Row wrong(int number, Refusal refusal) {
        return new UserImport.Row(number, Optional.empty(), refusal.reasons());
    }

    private static List<String> companies(String cell) {
        return cell == null
                ? List.of()
                : Arrays.stream(cell.split("\\|"))
                        .map(String::strip)
                        .filter(id -> !id.isEmpty())
                        .toList();
    }

    private static String cell(CSVRecord csv, String column) {
        String value = csv.isMapped(column) ? csv.get(column) : null;
        return value == null || value.isEmpty() ? null : value;
    }

    private static String text(InputStream body) {
        try {
            byte[] bytes = body.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw Refusal.of(Refusal.Kind.TOO_LARGE, "wiseSyncImportTooLarge", MAX_MB);
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw Refusal.invalid(null, "wiseSyncImportNotUtf8");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What separates the column names; Excel takes the semicolon where the comma is in numbers. */
    private static char delimiter(String text) {
        String header = text.lines().findFirst().orElse("");
        return header.chars().filter(c -> c == ';').count()
                        > header.chars().filter(c -> c == ',').count()
                ? ';'
                : ',';
    }
}
