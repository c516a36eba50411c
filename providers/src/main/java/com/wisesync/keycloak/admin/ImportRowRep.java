package com.wisesync.keycloak.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.wisesync.keycloak.user.UserImport;
import java.util.List;

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
                row.wrong().stream().map(reason -> ErrorRep.of(reason, texts)).toList());
    }
}
