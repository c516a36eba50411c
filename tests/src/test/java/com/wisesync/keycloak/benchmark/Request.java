package com.wisesync.keycloak.benchmark;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The JMH benchmark: calls the work registered under a name. Times also go into a histogram, for percentiles over all
 * rounds.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class Request {

    private static final Map<String, Work> WORKS = new ConcurrentHashMap<>();
    private static final long MAX_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static volatile Histogram histogram = new ConcurrentHistogram(MAX_NANOS, 3);

    /** The name of the work, as in {@link #register}. */
    @Param("")
    public String name;

    private Work work;

    static void register(String name, Work work) {
        WORKS.put(name, work);
    }

    /** Returns and clears the times since the last call, in nanoseconds. */
    static Histogram take() {
        Histogram taken = histogram;
        histogram = new ConcurrentHistogram(MAX_NANOS, 3);
        return taken;
    }

    @Setup(Level.Trial)
    public void find() {
        work = WORKS.get(name);
    }

    @Benchmark
    public void call() throws Exception {
        long start = System.nanoTime();
        work.run();
        histogram.recordValue(Math.min(System.nanoTime() - start, MAX_NANOS));
    }
}
