package com.wisesync.keycloak.autotask;

import java.util.OptionalInt;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.SingleUseObjectProvider;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Limits the secrets that one caller may read per minute in the whole cluster. Keycloak has no counter that nodes share, but
 * objects that only one node can create: each read claims the next numbered slot of the minute.
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
     * Claims a slot in a separate transaction, so that a read that fails afterwards still counts.
     *
     * @return empty if a slot was free, otherwise the seconds to wait
     */
    OptionalInt claim(String realm, String caller) {
        long now = Time.currentTimeSeconds();
        String prefix = "wise-sync-autotask-secret." + realm + "." + caller + "." + now / WINDOW_SECONDS + ".";
        boolean claimed = KeycloakModelUtils.runJobInTransactionWithResult(
                factory, session -> claim(session.singleUseObjects(), prefix));
        return claimed ? OptionalInt.empty() : OptionalInt.of((int) (WINDOW_SECONDS - now % WINDOW_SECONDS));
    }

    private boolean claim(SingleUseObjectProvider objects, String prefix) {
        for (int place = firstFree(objects, prefix); place < perMinute; place++) {
            if (objects.putIfAbsent(prefix + place, 2 * WINDOW_SECONDS)) {
                return true;
            }
        }
        return false;
    }

    /** Slots are claimed in order, so that all claimed ones precede the free ones. */
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
