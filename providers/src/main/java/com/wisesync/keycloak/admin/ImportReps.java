package com.wisesync.keycloak.admin;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.wisesync.keycloak.Refusal.Reason;
import com.wisesync.keycloak.user.UserImport;
import java.util.ArrayList;
import java.util.List;

/** The report of an import. */
final class ImportReps {

    private ImportReps() {}

    /**
     * The report of an import.
     *
     * @param total the number of rows with data
     * @param created how many users were created
     * @param errorMessage why nothing was created
     * @param key the key of that message
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ImportReportRep(
            boolean dryRun, int total, int created, String errorMessage, String key, List<ImportRowRep> rows) {

        static ImportReportRep of(List<CsvFile.Line> lines, UserImport.Result result, boolean dryRun, Texts texts) {
            List<ImportRowRep> rows = new ArrayList<>();
            for (int i = 0; i < lines.size(); i++) {
                UserImport.Row row = result.rows().get(i);
                rows.add(ImportRowRep.of(
                        i + 1, lines.get(i), row, result.created().get(row.number()), texts));
            }
            Reason reason = result.wrong() == 0 ? null : Reason.of(null, "wiseSyncImportRowsWrong", result.wrong());
            return new ImportReportRep(
                    dryRun,
                    lines.size(),
                    result.created().size(),
                    reason == null ? null : texts.format(reason),
                    reason == null ? null : reason.key(),
                    rows);
        }

        /** The report about a file that can't be read. */
        static ImportReportRep unreadable(Reason reason, boolean dryRun, Texts texts) {
            return failed(reason, dryRun, 0, texts);
        }

        /** The report of an import that ended without looking at single rows. */
        static ImportReportRep failed(Reason reason, boolean dryRun, int total, Texts texts) {
            return new ImportReportRep(dryRun, total, 0, texts.format(reason), reason.key(), List.of());
        }
    }

    /**
     * An import that goes on after its request was answered.
     *
     * @param state {@code running}, {@code done} or {@code failed}
     * @param done how many rows are finished; a row whose password is hashed and that is not created yet counts half
     * @param total the number of rows with data
     * @param report absent while it is running
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ImportRep(String state, int done, int total, ImportReportRep report) {}

    /**
     * One row of the report.
     *
     * @param row the row's number among the rows with data, from 1
     * @param line the row's number in the spreadsheet, from 1
     * @param id the id of the user created
     * @param outcome {@code created}, {@code valid} (would be created) or {@code invalid}
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ImportRowRep(int row, Integer line, String email, String id, String outcome, List<ImportErrorRep> errors) {

        /** @param id the id of the user created, or null */
        static ImportRowRep of(int number, CsvFile.Line line, UserImport.Row row, String id, Texts texts) {
            String valid = id == null ? "valid" : "created";
            return new ImportRowRep(
                    number,
                    line.line(),
                    line.email(),
                    id,
                    row.wrong().isEmpty() ? valid : "invalid",
                    row.wrong().stream()
                            .map(reason -> ImportErrorRep.of(reason, line, texts))
                            .toList());
        }
    }

    /**
     * One problem of a row.
     *
     * @param column the letters of the spreadsheet's column; absent if the problem concerns no single column
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ImportErrorRep(String errorMessage, String key, String field, String column, List<Object> params) {

        static ImportErrorRep of(Reason reason, CsvFile.Line line, Texts texts) {
            // Without a column of its own, the username is the email.
            String column = "username".equals(reason.field())
                    ? line.columns().getOrDefault("username", line.columns().get("email"))
                    : line.columns().get(reason.field());
            return new ImportErrorRep(
                    texts.format(reason),
                    reason.key(),
                    reason.field(),
                    column,
                    reason.params().isEmpty() ? null : reason.params());
        }
    }
}
