package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.testing.Testbed;

/** On the shared server with H2. */
class RacesIT extends Races {

    RacesIT() {
        super(Testbed.get().server(), Testbed.get().mailbox(), Testbed.get().realm());
    }
}
