package com.wisesync.keycloak.benchmark;

import java.util.List;

/**
 * The median of some values and the range of their middle half. The range of fewer than four values is that of all.
 *
 * @param low the smallest and {@code high} the largest value of the middle half
 */
record Spread(double median, double low, double high) {

    static Spread of(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int size = sorted.size();
        double median = size % 2 == 1 ? sorted.get(size / 2) : (sorted.get(size / 2 - 1) + sorted.get(size / 2)) / 2;
        int outer = size / 4;
        return new Spread(median, sorted.get(outer), sorted.get(size - 1 - outer));
    }

    /** The width of the range as a share of the median. */
    double share() {
        return (high - low) / Math.abs(median);
    }
}
