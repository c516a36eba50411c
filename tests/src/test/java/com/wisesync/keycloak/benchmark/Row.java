package com.wisesync.keycloak.benchmark;

import java.util.List;

/**
 * One line of the table.
 *
 * @param unit of {@code measured} and {@code yardstick}
 * @param value compared with the target: the ratio of the two, or {@code measured} if there is no ratio
 * @param low the smallest and {@code high} the largest value of a single round
 */
record Row(
        String work,
        String yardstickName,
        String unit,
        double measured,
        double yardstick,
        double value,
        double low,
        double high,
        Target target) {

    static Row counted(
            String work,
            String yardstickName,
            String unit,
            double measured,
            double yardstick,
            double value,
            Target target) {
        return new Row(work, yardstickName, unit, measured, yardstick, value, value, value, target);
    }

    /** The value is the median of all rounds; the spread is the smallest and the largest. */
    static Row ratio(
            String work,
            String yardstickName,
            String unit,
            double measured,
            double yardstick,
            List<Double> ratios,
            Target target) {
        List<Double> sorted = ratios.stream().sorted().toList();
        double median = sorted.size() % 2 == 1
                ? sorted.get(sorted.size() / 2)
                : (sorted.get(sorted.size() / 2 - 1) + sorted.get(sorted.size() / 2)) / 2;
        return new Row(
                work,
                yardstickName,
                unit,
                measured,
                yardstick,
                median,
                sorted.get(0),
                sorted.get(sorted.size() - 1),
                target);
    }

    /** Whether the target lies between the smallest and the largest round, so that another run may miss or meet it. */
    boolean withinTheNoise() {
        return low < target.bound() && target.bound() < high;
    }

    boolean met() {
        return target.met(value);
    }
}
