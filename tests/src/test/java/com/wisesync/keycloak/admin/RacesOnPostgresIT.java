package com.wisesync.keycloak.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.wisesync.keycloak.testing.People;
import com.wisesync.keycloak.testing.Person;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The races of {@link Races} on PostgreSQL, which locks differently from H2. */
@Tag("full")
class RacesOnPostgresIT extends Races {

    private static OnPostgres bed;

    RacesOnPostgresIT() {
        super(bed.server(), bed.mailbox(), bed.realm());
    }

    @BeforeAll
    static void start() throws IOException {
        bed = OnPostgres.start("races");
    }

    @AfterAll
    static void stop() throws IOException {
        bed.close();
    }

    /** Not a race, but specific to the database: PostgreSQL uses other SQL to compare the forms of an address. */
    @Test
    void anAccountShowsAWarningAboutUsernamesThatAreNotAddresses() {
        People people = new People(bed.realm());
        String account = people.account("other", "one");
        Person admin = people.create(account, "account-admin");

        assertThat(warnings(account, admin, "a..b@test.example")).containsExactly("wiseSyncWarningAmbiguousName");
        assertThat(warnings(account, admin, "o''brien@test.example")).isEmpty();
        assertThat(warnings(account, admin, "plain@test.example")).isEmpty();
    }

    private static List<String> warnings(String account, Person person, String username) {
        assertThat(bed.change(
                        "UPDATE user_entity SET username = '%s' WHERE id = '%s'".formatted(username, person.id())))
                .isOne();
        return bed.service().get("/accounts/" + account).json().path("warnings").findValuesAsText("key");
    }
}
