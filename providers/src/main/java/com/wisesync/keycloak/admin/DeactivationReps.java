package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.wisepay.StoredDeactivation;
import java.util.List;

/** Lists of deactivations in the API. */
final class DeactivationReps {

    private DeactivationReps() {}

    /**
     * A page of deactivations.
     *
     * @param total at most 10,000; more are not counted
     */
    record DeactivationPageRep(long total, List<StoredDeactivation> deactivations) {}

    /** How many failed deactivations are sent again. */
    record RetriedRep(int retried) {}
}
