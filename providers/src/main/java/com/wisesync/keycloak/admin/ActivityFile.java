package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.activity.ActivityEntry;
import com.wisesync.keycloak.activity.ActivityEntry.Change;
import com.wisesync.keycloak.activity.ActivityEntry.Person;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;

/**
 * The activity log as a CSV file (RFC 4180) in the reader's language, with a header. An entry with several changed values has
 * one row for each. The file starts with a byte order mark, without which Excel reads it as Windows-1252. In German the columns
 * are separated by semicolons, because Excel expects the list separator of its language. All values are quoted, and what a
 * spreadsheet would run as a formula is preceded by an apostrophe: the file may be opened with another list separator.
 *
 * @param text the file
 * @param truncated whether it contains only the newest of the entries found
 */
record ActivityFile(String text, boolean truncated) {

    /** The maximum number of entries in a file. */
    static final int MAX_ENTRIES = 10_000;

    /** The fields whose values have words. */
    private static final Set<String> CHOICES = Set.of("enabled", "psa", "twoFactorMode", "package");

    private static final List<String> COLUMNS =
            List.of("at", "by", "user", "what", "company", "application", "field", "before", "after");

    /** @param found the entries, newest first; one more than {@value #MAX_ENTRIES} shows that there are more */
    static ActivityFile of(List<ActivityEntry> found, Texts texts) {
        return new ActivityFile(csv(found.stream().limit(MAX_ENTRIES).toList(), texts), found.size() > MAX_ENTRIES);
    }

    private static String csv(List<ActivityEntry> entries, Texts texts) {
        StringBuilder file = new StringBuilder("\uFEFF");
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(texts.locale().getLanguage().equals("de") ? ';' : ',')
                .setQuoteMode(QuoteMode.ALL)
                .get();
        try (CSVPrinter csv = new CSVPrinter(file, format)) {
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
                        value(change.field(), change.before(), texts),
                        value(change.field(), change.after(), texts))
                .map(Spreadsheet::protect)
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

    /** The value, in words if it is one of a few. */
    private static String value(String field, String value, Texts texts) {
        if (value == null || !CHOICES.contains(field)) {
            return text(value);
        }
        String key = "wiseSyncActivityValue." + field + "." + value;
        String word = texts.format(key);
        return word.equals(key) ? value : word;
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }
}
