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

    private static final Map<String, Runnable> NOTHING = Map.of("ours", () -> {}, "yardstick", () -> {});

    private final int rounds;
    private final TimeValue turn;
    private Map<String, Runnable> before = NOTHING;

    Interleaved(int rounds, TimeValue turn) {
        this.rounds = rounds;
        this.turn = turn;
    }

    /** Ratio of the median times. */
    Row times(String name, String yardstickName, Target target, Work ours, Work yardstick) throws RunnerException {
        return times(name, yardstickName, target, () -> {}, () -> {}, ours, yardstick);
    }

    /** Ratio of the median times, with preparations before each turn that are not timed. */
    Row times(
            String name,
            String yardstickName,
            Target target,
            Runnable beforeOurs,
            Runnable beforeYardstick,
            Work ours,
            Work yardstick)
            throws RunnerException {
        before = Map.of("ours", beforeOurs, "yardstick", beforeYardstick);
        Request.register("ours", ours);
        Request.register("yardstick", yardstick);
        turn("ours", 1);
        turn("yardstick", 1);
        Request.take();
        Histogram allOurs = new Histogram(3);
        Histogram allYardstick = new Histogram(3);
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            boolean oursFirst = round % 2 == 0;
            turn(oursFirst ? "ours" : "yardstick", 1);
            Histogram first = Request.take();
            turn(oursFirst ? "yardstick" : "ours", 1);
            Histogram second = Request.take();
            Histogram ourTimes = oursFirst ? first : second;
            Histogram theirTimes = oursFirst ? second : first;
            allOurs.add(ourTimes);
            allYardstick.add(theirTimes);
            ratios.add((double) ourTimes.getValueAtPercentile(50) / theirTimes.getValueAtPercentile(50));
        }
        return Row.ratio(name, yardstickName, "ms p50", millis(allOurs), millis(allYardstick), ratios, target);
    }

    /** Ratio of the requests per second, with {@code threads} threads. */
    Row throughput(String name, String yardstickName, int threads, Target target, Work ours, Work yardstick)
            throws RunnerException {
        before = NOTHING;
        Request.register("ours", ours);
        Request.register("yardstick", yardstick);
        turn("ours", threads);
        turn("yardstick", threads);
        double sumOurs = 0;
        double sumYardstick = 0;
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            boolean oursFirst = round % 2 == 0;
            double first = turn(oursFirst ? "ours" : "yardstick", threads);
            double second = turn(oursFirst ? "yardstick" : "ours", threads);
            double ourRate = oursFirst ? first : second;
            double theirRate = oursFirst ? second : first;
            sumOurs += ourRate;
            sumYardstick += theirRate;
            ratios.add(ourRate / theirRate);
        }
        Request.take();
        return Row.ratio(name, yardstickName, "requests/s", sumOurs / rounds, sumYardstick / rounds, ratios, target);
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
