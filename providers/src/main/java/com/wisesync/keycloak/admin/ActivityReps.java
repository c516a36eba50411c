package com.wisesync.keycloak.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.wisesync.keycloak.activity.ActivityEntry;
import com.wisesync.keycloak.activity.ActivityEntry.Change;
import com.wisesync.keycloak.activity.ActivityEntry.Person;
import com.wisesync.keycloak.admin.UserReps.UserReferenceRep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** The activity log, as the API shows it. */
final class ActivityReps {

    /** What spreadsheets read as a formula, or strip before they look for one. */
    private static final Pattern FORMULA =
            Pattern.compile("^[\\s\\p{Z}]*[=+\\-@\\t\\r\\n\uFF0B\uFF0D\uFF1D\uFF20].*", Pattern.DOTALL);

    private static final List<String> COLUMNS =
            List.of("at", "by", "user", "what", "company", "application", "field", "before", "after");

    private ActivityReps() {}

    /**
     * One entry of the log.
     *
     * @param at ISO 8601, UTC
     * @param what the kind
     * @param by the user of the account who did it; absent for Wise-Sync and for the directory
     * @param byDirectory whether the directory of the account did it, over SCIM
     * @param user the user it concerns; absent if it concerns the account
     * @param company the name of the company it concerns
     * @param application the name of the application where it happened
     * @param fields the names of the changed fields
     * @param changes the changed values, if known
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ActivityRep(
            String at,
            String what,
            UserReferenceRep by,
            boolean byDirectory,
            UserReferenceRep user,
            String company,
            String application,
            List<String> fields,
            List<ChangeRep> changes) {

        static ActivityRep of(ActivityEntry entry) {
            return new ActivityRep(
                    entry.at().toString(),
                    entry.kind().id(),
                    reference(entry.by()),
                    entry.byDirectory(),
                    reference(entry.user()),
                    entry.company(),
                    entry.application(),
                    entry.changes().stream().map(Change::field).toList(),
                    entry.changes().stream()
                            .map(change -> new ChangeRep(change.field(), change.before(), change.after()))
                            .toList());
        }

        private static UserReferenceRep reference(Person person) {
            return person == null ? null : new UserReferenceRep(person.id(), person.username());
        }
    }

    /** One changed value; absent if there was or is none. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ChangeRep(String field, String before, String after) {}

    /**
     * The entries as a CSV file (RFC 4180) with a header in the reader's language. An entry with several changed values has
     * one row for each. The file starts with a byte order mark, without which Excel reads it as Windows-1252. Values that a
     * spreadsheet would run as a formula are preceded by an apostrophe.
     */
    static String csv(List<ActivityEntry> entries, Texts texts) {
        StringBuilder file = new StringBuilder("\uFEFF");
        try (CSVPrinter csv = new CSVPrinter(file, CSVFormat.RFC4180)) {
            csv.printRecord(COLUMNS.stream().map(column -> texts.format("wiseSyncActivityColumn." + column)));
            for (ActivityEntry entry : entries) {
                List<Change> changes =
                        entry.changes().isEmpty() ? List.of(new Change(null, null, null)) : entry.changes();
                for (Change change : changes) {
                    csv.printRecord(row(entry, change, texts));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toString();
    }

    private static List<String> row(ActivityEntry entry, Change change, Texts texts) {
        return Stream.of(
                        entry.at().toString(),
                        actor(entry, texts),
                        entry.user() == null ? "" : name(entry.user()),
                        texts.format("wiseSyncActivity." + entry.kind().id()),
                        text(entry.company()),
                        text(entry.application()),
                        change.field() == null ? "" : texts.format("wiseSyncField." + change.field()),
                        text(change.before()),
                        text(change.after()))
                .map(ActivityReps::harmless)
                .collect(Collectors.toList());
    }

    private static String actor(ActivityEntry entry, Texts texts) {
        if (entry.byDirectory()) {
            return texts.format("wiseSyncActivityDirectory");
        }
        return entry.by() == null ? "Wise-Sync" : name(entry.by());
    }

    private static String name(Person person) {
        return person.username() == null ? person.id() : person.username();
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    /** The value, preceded by an apostrophe if a spreadsheet would run it as a formula. */
    static String harmless(String value) {
        return FORMULA.matcher(value).matches() ? "'" + value : value;
    }
}
