package com.wisesync.keycloak.benchmark;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Alternates work and yardstick, so that other load affects both. The first round is not measured. The order changes
 * within a round, so that neither always runs after the other. Rounds are repeated until their spread is small or their
 * time is up.
 */
final class Interleaved {

    /** The result of one turn, such as a median time or a rate. */
    @FunctionalInterface
    interface Measurement {

        double take() throws Exception;
    }

    private static final String MEASURED = "measured";
    private static final String YARDSTICK = "yardstick";
    private static final double SMALL_SPREAD = 0.10;

    private final TimeValue turn;
    private final int minRounds;
    private final Duration rowLimit;
    private final Instant end;

    /**
     * @param turn the time of one turn
     * @param minRounds the number of rounds that each row takes at least
     * @param rowLimit the time after which a row begins no further round
     * @param end the moment after which a row takes only {@code minRounds}
     */
    Interleaved(TimeValue turn, int minRounds, Duration rowLimit, Instant end) {
        this.turn = turn;
        this.minRounds = minRounds;
        this.rowLimit = rowLimit;
        this.end = end;
    }

    /** Ratio of the median times. */
    Row times(String name, String yardstickName, Target target, Work measured, Work yardstick) throws Exception {
        return times(name, yardstickName, target, () -> {}, () -> {}, measured, yardstick);
    }

    /** Ratio of the median times, with preparations before each turn that are not timed. */
    Row times(
            String name,
            String yardstickName,
            Target target,
            Runnable beforeMeasured,
            Runnable beforeYardstick,
            Work measured,
            Work yardstick)
            throws Exception {
        Request.register(MEASURED, measured);
        Request.register(YARDSTICK, yardstick);
        return ratio(
                name,
                yardstickName,
                "ms p50",
                target,
                () -> medianMillis(MEASURED, beforeMeasured),
                () -> medianMillis(YARDSTICK, beforeYardstick));
    }

    /** Ratio of the requests per second, with {@code threads} threads. */
    Row throughput(String name, String yardstickName, int threads, Target target, Work measured, Work yardstick)
            throws Exception {
        Request.register(MEASURED, measured);
        Request.register(YARDSTICK, yardstick);
        return ratio(
                name,
                yardstickName,
                "requests/s",
                target,
                () -> requestsPerSecond(MEASURED, threads),
                () -> requestsPerSecond(YARDSTICK, threads));
    }

    /** Ratio of any two measurements. */
    Row ratio(
            String name, String yardstickName, String unit, Target target, Measurement measured, Measurement yardstick)
            throws Exception {
        // Warms up.
        measured.take();
        yardstick.take();
        List<Double> ours = new ArrayList<>();
        List<Double> others = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        Instant started = Instant.now();
        while (isAnotherRoundDue(values, started)) {
            boolean measuredFirst = values.size() % 2 == 0;
            double first = (measuredFirst ? measured : yardstick).take();
            double second = (measuredFirst ? yardstick : measured).take();
            ours.add(measuredFirst ? first : second);
            others.add(measuredFirst ? second : first);
            int last = values.size();
            values.add(ours.get(last) / others.get(last));
        }
        return Row.compared(name, yardstickName, unit, ours, others, values, target);
    }

    private boolean isAnotherRoundDue(List<Double> values, Instant started) {
        if (values.size() < minRounds) {
            return true;
        }
        Instant now = Instant.now();
        return now.isBefore(started.plus(rowLimit))
                && now.isBefore(end)
                && Spread.of(values).share() >= SMALL_SPREAD;
    }

    private double medianMillis(String name, Runnable before) throws RunnerException {
        before.run();
        Request.take();
        run(name, 1);
        return Request.take().getValueAtPercentile(50) / 1e6;
    }

    private double requestsPerSecond(String name, int threads) throws RunnerException {
        double score = run(name, threads);
        Request.take();
        return score;
    }

    /** Requests per second in one turn. */
    private double run(String name, int threads) throws RunnerException {
        return new Runner(new OptionsBuilder()
                        .include("^" + Request.class.getName() + ".call$")
                        .param("name", name)
                        // In this process, which holds the work and its connections. Each turn is one iteration.
                        .forks(0)
                        .threads(threads)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .measurementTime(turn)
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .runSingle()
                .getPrimaryResult()
                .getScore();
    }
}
