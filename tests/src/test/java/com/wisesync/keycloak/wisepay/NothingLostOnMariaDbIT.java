package com.wisesync.keycloak.wisepay;

import ch.vorburger.exec.ManagedProcessException;
import com.wisesync.keycloak.testing.Distribution;
import org.junit.jupiter.api.Tag;

/** On MariaDB, each fault once. */
@Tag("full")
class NothingLostOnMariaDbIT extends NothingLost {

    NothingLostOnMariaDbIT() {
        super("mariadb-faults-", 1);
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
