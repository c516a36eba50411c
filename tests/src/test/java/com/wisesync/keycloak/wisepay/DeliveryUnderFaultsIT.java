package com.wisesync.keycloak.wisepay;

import com.wisesync.keycloak.testing.Distribution;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.junit.jupiter.api.Tag;

/** On PostgreSQL. */
@Tag("full")
class DeliveryUnderFaultsIT extends DeliveryUnderFaults {

    DeliveryUnderFaultsIT() {
        super("faults-", true);
    }

    @Override
    TestDatabase startDatabase() throws IOException {
        return TestDatabase.of(EmbeddedPostgres.builder().start());
    }

    @Override
    Distribution distribution() {
        return Distribution.withExtensionOnPostgres();
    }
}
