package com.wisesync.keycloak.benchmark;

import java.util.List;

/**
 * One line of the table.
 *
 * @param unit of {@code measured} and {@code yardstick}
 * @param yardstick NaN if there is none
 * @param value compared with the target: the ratio or difference of the two, or {@code measured} if there is neither
 * @param low the smallest and {@code high} the largest value of the middle half of the rounds
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

    private static final String NO_YARDSTICK = "-";

    /** A number that was measured once. */
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

    /** A number that was measured once, without a yardstick. */
    static Row counted(String work, String unit, double value, Target target) {
        return counted(work, NO_YARDSTICK, unit, value, Double.NaN, value, target);
    }

    /** The median of a number that was measured several times, without a yardstick. */
    static Row repeated(String work, String unit, List<Double> values, Target target) {
        Spread spread = Spread.of(values);
        return new Row(
                work,
                NO_YARDSTICK,
                unit,
                spread.median(),
                Double.NaN,
                spread.median(),
                spread.low(),
                spread.high(),
                target);
    }

    /**
     * The medians of all rounds.
     *
     * @param values the ratio or difference of each round
     */
    static Row compared(
            String work,
            String yardstickName,
            String unit,
            List<Double> measured,
            List<Double> yardstick,
            List<Double> values,
            Target target) {
        Spread spread = Spread.of(values);
        return new Row(
                work,
                yardstickName,
                unit,
                Spread.of(measured).median(),
                Spread.of(yardstick).median(),
                spread.median(),
                spread.low(),
                spread.high(),
                target);
    }

    /** Whether the value is closer to its target than its spread is wide, so that another run may miss or meet it. */
    boolean withinTheNoise() {
        return Math.abs(value - target.bound()) < high - low;
    }

    boolean met() {
        return target.met(value);
    }

    /** "yes", "no" or "within the noise". */
    String verdict() {
        if (withinTheNoise()) {
            return "within the noise";
        }
        return met() ? "yes" : "no";
    }
}
