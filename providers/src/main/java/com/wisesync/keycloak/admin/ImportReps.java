package com.wisesync.keycloak.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.wisesync.keycloak.Refusal.Reason;
import com.wisesync.keycloak.user.UserImport;
import java.util.ArrayList;
import java.util.List;

/** The report of an import. */
final class ImportReps {

    private ImportReps() {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ImportReportRep(
            boolean dryRun, int total, int created, String errorMessage, String key, List<ImportRowRep> rows) {

        static ImportReportRep of(List<CsvFile.Line> lines, UserImport.Result result, boolean dryRun, Texts texts) {
            List<ImportRowRep> rows = new ArrayList<>();
            for (int i = 0; i < lines.size(); i++) {
                UserImport.Row row = result.rows().get(i);
                rows.add(ImportRowRep.of(lines.get(i), row, result.created().get(row.number()), texts));
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

        /** Of what is no file of users. */
        static ImportReportRep ofNothing(Reason reason, boolean dryRun, Texts texts) {
            return new ImportReportRep(dryRun, 0, 0, texts.format(reason), reason.key(), List.of());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ImportRowRep(int row, Long line, String email, String id, String outcome, List<ErrorRep> errors) {

        /** @param id of the user created, or null */
        static ImportRowRep of(CsvFile.Line line, UserImport.Row row, String id, Texts texts) {
            String right = id == null ? "valid" : "created";
            return new ImportRowRep(
                    row.number(),
                    line.line(),
                    line.email(),
                    id,
                    row.wrong().isEmpty() ? right : "invalid",
                    row.wrong().stream()
                            .map(reason -> ErrorRep.of(reason, texts))
                            .toList());
        }
    }
}
