package com.wisesync.keycloak.benchmark;

import java.util.Locale;

/** The bound a ratio (or a number) has to keep. */
record Target(boolean atMost, double bound) {

    static Target atMost(double bound) {
        return new Target(true, bound);
    }

    static Target atLeast(double bound) {
        return new Target(false, bound);
    }

    boolean met(double value) {
        return atMost ? value <= bound : value >= bound;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s %.4g", atMost ? "<=" : ">=", bound);
    }
}
