package com.wisesync.keycloak.user;

import static org.assertj.core.api.Assertions.assertThat;

import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.Refusal.Reason;
import com.wisesync.keycloak.role.Role;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RowProblemsTest {

    private static final Reason UNKNOWN = Reason.of("companies", "unknown", "x");
    private static final Reason AMBIGUOUS = Reason.of("companies", "ambiguous", "y");

    @Test
    void everyCheckAddsItsProblems() {
        RowProblems problems = problems("a@b.example", "c@d.example", UNKNOWN, AMBIGUOUS);

        problems.collect(() -> refuse("username", "email"));
        problems.collect(() -> refuse("firstName", "department"));
        problems.add(Reason.of(null, "account"));

        assertThat(problems.all())
                .extracting(Reason::field)
                .containsExactly("companies", "companies", "email", "username", "firstName", "department", null);
    }

    @Test
    void theFirstProblemOfAFieldCounts() {
        RowProblems problems = problems("a@b.example", "c@d.example", UNKNOWN);

        problems.collect(() -> refuse("companies", "lastName", "lastName"));

        assertThat(problems.all()).extracting(Reason::field).containsExactly("companies", "lastName");
    }

    @Test
    void aValueThatCouldNotBeReadHasNoSecondProblem() {
        RowProblems problems = problems("", "", Reason.of("email", "missing"));

        problems.collect(() -> refuse("email", "username"));

        assertThat(problems.all()).extracting(Reason::key).containsExactly("missing");
    }

    @Test
    void theProblemsOfTheEmailAreNotRepeatedForTheSameUsername() {
        RowProblems problems = problems("A@b.example", "a@b.example");

        problems.collect(() -> refuse("username", "email"));

        assertThat(problems.all()).extracting(Reason::field).containsExactly("email");
    }

    private static void refuse(String... fields) {
        throw new Refusal(
                Refusal.Kind.INVALID,
                Stream.of(fields).map(field -> Reason.of(field, "wrong")).toList());
    }

    private static RowProblems problems(String email, String username, Reason... wrong) {
        NewUser user = new NewUser(Role.USER, List.of(), "First", "Last", email, username, Optional.empty());
        return new RowProblems(new UserImport.Row(1, user, List.of(wrong)));
    }
}
