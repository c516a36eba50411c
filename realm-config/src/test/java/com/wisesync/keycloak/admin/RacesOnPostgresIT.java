package com.wisesync.keycloak.admin;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The same on PostgreSQL, whose locks wait in other places. */
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
}
