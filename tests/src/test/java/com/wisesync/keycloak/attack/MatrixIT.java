package com.wisesync.keycloak.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.wisesync.keycloak.attack.Matrix.Caller;
import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import java.io.IOException;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.keycloak.representations.idm.UserRepresentation;

/** Every call of the API by every kind of caller, with a valid body, so that only the caller makes a difference. */
class MatrixIT {

    private final Testbed testbed = Testbed.get();
    private final String account = testbed.people().account("autotask", "one", "two");
    private final String name =
            testbed.realm().organizations().get(account).toRepresentation().getName();
    private final Callers callers = new Callers(testbed, account);

    @Test
    void has_a_row_for_every_call() throws IOException {
        // OpenApiTest compares that file with the resource classes.
        assertThat(Matrix.rows())
                .extracting(Matrix::call)
                .containsExactlyInAnyOrderElementsOf(Operation.all().stream()
                        .map(operation -> operation.method() + " " + operation.path())
                        .toList());
    }

    @TestFactory
    Stream<DynamicContainer> answers_every_caller_as_the_table_says() {
        return Arrays.stream(Caller.values())
                .map(caller -> DynamicContainer.dynamicContainer(
                        caller.name(), Stream.of(caller).flatMap(this::calls)));
    }

    private Stream<DynamicTest> calls(Caller caller) {
        Callers.Calling calling = callers.get(caller);
        Person target =
                caller == Caller.USER ? calling.person() : testbed.people().create(account, "user", "one");
        String before = state(target);
        Stream<DynamicTest> calls = Matrix.rows().stream()
                .map(row -> DynamicTest.dynamicTest(row.call(), () -> {
                    Answer answer = call(row, calling, target);
                    assertThat(answer.status()).as(answer.text()).isEqualTo(row.answerTo(caller));
                }));
        return mayWrite(caller)
                ? calls
                : Stream.concat(
                        calls,
                        Stream.of(DynamicTest.dynamicTest(
                                "and has changed nothing",
                                () -> assertThat(state(target)).isEqualTo(before))));
    }

    private Answer call(Matrix row, Callers.Calling calling, Person target) {
        String body = row.body() == null
                ? null
                : row.body()
                        .replace("{unique}", UUID.randomUUID() + "@test.example")
                        .replace("{username}", target.username())
                        .replace("{user}", target.id())
                        .replace("{name}", name);
        String path = row.path()
                .replace("{account}", account)
                .replace("{user}", target.id())
                .replace("{company}", "three")
                .replace("{import}", "none")
                .replace("{token}", "none")
                .replace("{deactivation}", "none")
                .replace("{client}", "none");
        return calling.send(row.method(), path, body, path.endsWith("/import") ? "text/csv" : "application/json");
    }

    private static boolean mayWrite(Caller caller) {
        return Matrix.rows().stream().anyMatch(row -> !row.method().equals("GET") && row.answerTo(caller) < 400);
    }

    private String state(Person target) {
        UserRepresentation user = testbed.realm().users().get(target.id()).toRepresentation();
        return "%s %s %s %s %s %s"
                .formatted(
                        testbed.realm().organizations().get(account).members().count(),
                        testbed.realm()
                                .organizations()
                                .get(account)
                                .toRepresentation()
                                .getAttributes(),
                        user.getFirstName(),
                        user.isEnabled(),
                        user.getAttributes(),
                        testbed.realm().users().get(target.id()).credentials().size());
    }
}
