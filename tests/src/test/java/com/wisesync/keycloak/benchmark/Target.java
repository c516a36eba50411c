package com.wisesync.keycloak.benchmark;

import java.util.Locale;

/** The bound for a ratio, or for a number. */
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
