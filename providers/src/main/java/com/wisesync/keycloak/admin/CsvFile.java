package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.Refusal.Reason;
import com.wisesync.keycloak.account.Company;
import com.wisesync.keycloak.admin.UserReps.NewUserRep;
import com.wisesync.keycloak.role.Role;
import com.wisesync.keycloak.user.NewUser;
import com.wisesync.keycloak.user.UserImport;
import java.io.InputStream;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The users of a CSV file that is to be imported into an account. */
final class CsvFile {

    /** How many users a file contains at most. */
    static final int MAX_ROWS = 5_000;

    /** How much of a cell a message repeats. */
    private static final int MAX_SHOWN = 100;

    private static final List<String> REQUIRED = List.of("role", "companies", "firstName", "lastName", "email");

    /** The columns in English and German, without case, spaces and punctuation. */
    private static final Map<String, String> COLUMNS = columns(
            "role: role rolename userrole rolle rollenname benutzerrolle",
            "companies: companies company firmen firma unternehmen",
            "firstName: firstname givenname vorname",
            "lastName: lastname surname familyname nachname familienname",
            "email: email emailaddress mail emailadresse",
            "username: username loginname benutzername anmeldename",
            "password: password passwordconfirmpassword passwort kennwort",
            // Columns of an export that an import does not need.
            ": id enabled aktiviert status twofactor 2fa zweifaktor secondfactor zweiterfaktor invitation einladung"
                    + " lastlogin letzteanmeldung",
            ": name lockeduntil gesperrtbis managedby verwaltetvon");

    /** Titles and roles are compared without it. Other characters count: {@code Email 2} is not the column of emails. */
    private static final Pattern PUNCTUATION = Pattern.compile("[\\s\\p{Z}\\p{Pd}_./()&]+");

    private static final Pattern COMPANY_SEPARATOR = Pattern.compile("[|\\r\\n]");

    private final Map<String, Integer> columns = new LinkedHashMap<>();
    private final Set<Integer> titled = new HashSet<>();
    private final Set<String> ids = new HashSet<>();
    private final Map<String, List<String>> idsByName = new HashMap<>();

    private CsvFile(Spreadsheet.Row header, List<Company> companies) {
        companies.forEach(company -> {
            ids.add(company.id());
            idsByName
                    .computeIfAbsent(lower(company.name()), name -> new ArrayList<>())
                    .add(company.id());
        });
        for (int column = 0; column < header.cells().size(); column++) {
            if (!header.text(column).isBlank()) {
                titled.add(column);
                addColumn(header.text(column), column);
            }
        }
        List<String> missing =
                REQUIRED.stream().filter(field -> !columns.containsKey(field)).toList();
        if (!missing.isEmpty()) {
            throw Refusal.invalid(null, "wiseSyncImportColumnMissing", String.join(", ", missing), missing.size());
        }
    }

    private void addColumn(String title, int column) {
        String field = COLUMNS.get(withoutPunctuation(title));
        if (field == null) {
            throw Refusal.invalid(
                    null, "wiseSyncImportColumnUnknown", Spreadsheet.columnName(column), shortened(title.strip()));
        }
        if (!field.isEmpty() && columns.putIfAbsent(field, column) != null) {
            throw Refusal.invalid(
                    null,
                    "wiseSyncImportColumnTwice",
                    Spreadsheet.columnName(column),
                    field,
                    Spreadsheet.columnName(columns.get(field)));
        }
    }

    /**
     * One user of the file.
     *
     * @param line the number of the row in the spreadsheet
     * @param email the email as it is in the file, to recognize the row; null if there is none
     * @param columns the spreadsheet's column of each field
     * @param row the user, as far as the row could be read, and the problems of the row
     */
    record Line(int line, String email, Map<String, String> columns, UserImport.Row row) {}

    /**
     * Reads the users of a file.
     *
     * @param companies the companies of the account, which the file names by id or name
     * @throws Refusal if it is no file of users; problems of single rows are in the rows
     */
    static List<Line> read(InputStream body, List<Company> companies) {
        List<Spreadsheet.Row> rows = Spreadsheet.read(body);
        if (rows.isEmpty()) {
            throw Refusal.invalid(null, "wiseSyncImportEmpty");
        }
        CsvFile file = new CsvFile(rows.get(0), companies);
        if (rows.size() == 1) {
            throw Refusal.invalid(null, "wiseSyncImportEmpty");
        }
        if (rows.size() - 1 > MAX_ROWS) {
            throw Refusal.invalid(null, "wiseSyncImportTooManyRows", MAX_ROWS);
        }
        return rows.stream().skip(1).map(file::line).toList();
    }

    private Line line(Spreadsheet.Row row) {
        List<Reason> problems = new ArrayList<>();
        for (int column = 0; column < row.cells().size(); column++) {
            if (!row.text(column).isBlank() && !titled.contains(column)) {
                problems.add(Reason.of(null, "wiseSyncImportRowLength", Spreadsheet.columnName(column)));
            }
        }
        String email = cell(row, "email");
        NewUserRep input = new NewUserRep(
                role(cell(row, "role")),
                companies(cell(row, "companies"), problems),
                cell(row, "firstName"),
                cell(row, "lastName"),
                email,
                cell(row, "username"),
                cell(row, "password"));
        Fields fields = new Fields();
        NewUser user = input.read(fields);
        problems.addAll(fields.wrong());
        Map<String, String> names = new HashMap<>();
        columns.forEach((field, column) -> names.put(field, Spreadsheet.columnName(column)));
        return new Line(row.number(), email, names, new UserImport.Row(row.number(), user, problems));
    }

    private String cell(Spreadsheet.Row row, String field) {
        Integer column = columns.get(field);
        if (field.equals("password")) {
            // Unchanged: spaces of any kind may be part of it.
            return column == null || row.cell(column).isEmpty() ? null : row.cell(column);
        }
        // As keyboards type umlauts, and searches look for them: macOS may write a letter and a mark.
        String value = column == null ? "" : Normalizer.normalize(row.text(column), Normalizer.Form.NFC);
        return value.isBlank() ? null : Spreadsheet.unprotect(value);
    }

    /** Roles are accepted in any case, with spaces or underscores. */
    private static String role(String cell) {
        return cell == null
                ? null
                : Stream.of(Role.values())
                        .map(Role::roleName)
                        .filter(name -> withoutPunctuation(name).equals(withoutPunctuation(cell)))
                        .findFirst()
                        .orElse(cell);
    }

    private List<String> companies(String cell, List<Reason> problems) {
        if (cell == null) {
            return List.of();
        }
        Set<String> found = new LinkedHashSet<>();
        for (String part : idsByName.containsKey(lower(cell)) ? new String[] {cell} : COMPANY_SEPARATOR.split(cell)) {
            String text = part.strip();
            if (!text.isEmpty()) {
                company(text, problems).ifPresent(found::add);
            }
        }
        return List.copyOf(found);
    }

    private Optional<String> company(String text, List<Reason> problems) {
        if (ids.contains(lower(text))) {
            return Optional.of(lower(text));
        }
        List<String> byName = idsByName.getOrDefault(lower(text), List.of());
        if (byName.size() == 1) {
            return Optional.of(byName.get(0));
        }
        problems.add(Reason.of(
                "companies",
                byName.isEmpty() ? "wiseSyncImportCompanyUnknown" : "wiseSyncImportCompanyAmbiguous",
                shortened(text)));
        return Optional.empty();
    }

    private static String shortened(String text) {
        return text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) : text;
    }

    private static String withoutPunctuation(String text) {
        return PUNCTUATION.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
    }

    private static String lower(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }

    private static Map<String, String> columns(String... definitions) {
        Map<String, String> columns = new HashMap<>();
        for (String definition : definitions) {
            String[] parts = definition.split(": ?", 2);
            Stream.of(parts[1].split(" ")).forEach(title -> columns.put(title, parts[0]));
        }
        return Map.copyOf(columns);
    }
}
