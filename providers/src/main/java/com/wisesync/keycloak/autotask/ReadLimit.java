package com.wisesync.keycloak.autotask;

import java.util.OptionalInt;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.SingleUseObjectProvider;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * How many secrets one caller may read in a minute, over the whole cluster. Keycloak has no counter that nodes share, but
 * an object that only one of them can put: each read takes the next numbered place of the minute.
 */
final class ReadLimit {

    private static final int WINDOW_SECONDS = 60;

    private final KeycloakSessionFactory factory;
    private final int perMinute;

    ReadLimit(KeycloakSessionFactory factory, int perMinute) {
        this.factory = factory;
        this.perMinute = perMinute;
    }

    /**
     * In a transaction of its own, so that a read which fails afterwards has still been counted.
     *
     * @return empty if there was a place, else how many seconds to wait
     */
    OptionalInt take(String realm, String caller) {
        long now = Time.currentTimeSeconds();
        String prefix = "wise-sync-autotask-secret." + realm + "." + caller + "." + now / WINDOW_SECONDS + ".";
        boolean taken = KeycloakModelUtils.runJobInTransactionWithResult(
                factory, session -> take(session.singleUseObjects(), prefix));
        return taken ? OptionalInt.empty() : OptionalInt.of((int) (WINDOW_SECONDS - now % WINDOW_SECONDS));
    }

    private boolean take(SingleUseObjectProvider objects, String prefix) {
        for (int place = firstFree(objects, prefix); place < perMinute; place++) {
            if (objects.putIfAbsent(prefix + place, 2 * WINDOW_SECONDS)) {
                return true;
            }
        }
        return false;
    }

    /** Places are taken in order, so the taken ones lie before the free ones. */
    private int firstFree(SingleUseObjectProvider objects, String prefix) {
        int low = 0;
        int high = perMinute;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (objects.contains(prefix + middle)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
