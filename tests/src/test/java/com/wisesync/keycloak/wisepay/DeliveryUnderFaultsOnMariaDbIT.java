package com.wisesync.keycloak.wisepay;

import ch.vorburger.exec.ManagedProcessException;
import com.wisesync.keycloak.testing.Distribution;
import org.junit.jupiter.api.Tag;

/** On MariaDB. Each fault meets the other moment of the kill than on PostgreSQL. */
@Tag("full")
class DeliveryUnderFaultsOnMariaDbIT extends DeliveryUnderFaults {

    DeliveryUnderFaultsOnMariaDbIT() {
        super("mariadb-faults-", false);
    }

    @Override
    TestDatabase startDatabase() throws ManagedProcessException {
        return MariaDb.start();
    }

    @Override
    Distribution distribution() {
        return Distribution.withExtensionOnMariaDb();
    }
}
