package com.wisesync.keycloak.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Alternates work and yardstick, so that other load affects both. The first round is not measured. The order changes
 * within a round, so that neither always runs after the other.
 */
final class Interleaved {

    private static final Map<String, Runnable> NOTHING = Map.of("measured", () -> {}, "yardstick", () -> {});

    private final int rounds;
    private final TimeValue turn;
    private Map<String, Runnable> before = NOTHING;

    Interleaved(int rounds, TimeValue turn) {
        this.rounds = rounds;
        this.turn = turn;
    }

    /** Ratio of the median times. */
    Row times(String name, String yardstickName, Target target, Work measured, Work yardstick) throws RunnerException {
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
            throws RunnerException {
        before = Map.of("measured", beforeMeasured, "yardstick", beforeYardstick);
        Request.register("measured", measured);
        Request.register("yardstick", yardstick);
        turn("measured", 1);
        turn("yardstick", 1);
        Request.take();
        Histogram allMeasured = new Histogram(3);
        Histogram allYardstick = new Histogram(3);
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            boolean measuredFirst = round % 2 == 0;
            turn(measuredFirst ? "measured" : "yardstick", 1);
            Histogram first = Request.take();
            turn(measuredFirst ? "yardstick" : "measured", 1);
            Histogram second = Request.take();
            Histogram measuredTimes = measuredFirst ? first : second;
            Histogram yardstickTimes = measuredFirst ? second : first;
            allMeasured.add(measuredTimes);
            allYardstick.add(yardstickTimes);
            ratios.add((double) measuredTimes.getValueAtPercentile(50) / yardstickTimes.getValueAtPercentile(50));
        }
        return Row.ratio(name, yardstickName, "ms p50", millis(allMeasured), millis(allYardstick), ratios, target);
    }

    /** Ratio of the requests per second, with {@code threads} threads. */
    Row throughput(String name, String yardstickName, int threads, Target target, Work measured, Work yardstick)
            throws RunnerException {
        before = NOTHING;
        Request.register("measured", measured);
        Request.register("yardstick", yardstick);
        turn("measured", threads);
        turn("yardstick", threads);
        double sumMeasured = 0;
        double sumYardstick = 0;
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            boolean measuredFirst = round % 2 == 0;
            double first = turn(measuredFirst ? "measured" : "yardstick", threads);
            double second = turn(measuredFirst ? "yardstick" : "measured", threads);
            double measuredRate = measuredFirst ? first : second;
            double yardstickRate = measuredFirst ? second : first;
            sumMeasured += measuredRate;
            sumYardstick += yardstickRate;
            ratios.add(measuredRate / yardstickRate);
        }
        Request.take();
        return Row.ratio(
                name, yardstickName, "requests/s", sumMeasured / rounds, sumYardstick / rounds, ratios, target);
    }

    /** Requests per second in one turn. */
    private double turn(String name, int threads) throws RunnerException {
        before.get(name).run();
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

    private static double millis(Histogram times) {
        return times.getValueAtPercentile(50) / 1e6;
    }
}
