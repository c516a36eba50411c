package com.wisesync.keycloak.user;

import com.wisesync.keycloak.LoginNameClaims;
import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.Refusal.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The problems of one row of an import. All checks run, and the first problem of a field counts: later ones of the same field only
 * follow from it.
 */
final class RowProblems {

    private final NewUser user;
    private final List<Reason> found;

    /** Begins with the problems that were found when the row was read. */
    RowProblems(UserImport.Row row) {
        this.user = row.user();
        this.found = new ArrayList<>(row.wrong());
    }

    /** Whether one of the fields has a problem. */
    boolean concern(String... fields) {
        List<String> asked = List.of(fields);
        return found.stream().anyMatch(reason -> reason.field() != null && asked.contains(reason.field()));
    }

    /** Runs a check and adds what it refuses. */
    void collect(Runnable check) {
        try {
            check.run();
        } catch (Refusal refusal) {
            // A username that defaults to the email has the email's problems.
            refusal.reasons().stream()
                    .filter(reason -> !"username".equals(reason.field()))
                    .forEach(this::add);
            refusal.reasons().stream()
                    .filter(reason -> "username".equals(reason.field()))
                    .forEach(this::add);
        }
    }

    void add(Reason reason) {
        if (reason.field() == null || !isReported(reason.field())) {
            found.add(reason);
        }
    }

    List<Reason> all() {
        return List.copyOf(found);
    }

    /** Missing values are reported when the row is read; an empty value here is missing or could not be read. */
    private boolean isReported(String field) {
        boolean empty = Map.of(
                        "username", user.username(),
                        "email", user.email(),
                        "firstName", user.firstName(),
                        "lastName", user.lastName())
                .getOrDefault(field, field)
                .isEmpty();
        boolean sameAsEmail = field.equals("username") && LoginNameClaims.same(user.username(), user.email());
        return empty || concern(field) || sameAsEmail && concern("email");
    }
}
