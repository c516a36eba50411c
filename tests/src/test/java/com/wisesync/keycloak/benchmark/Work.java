package com.wisesync.keycloak.benchmark;

/**
 * A unit of work, timed from its call to its return. Throws on errors, so that an error never counts as a fast answer.
 */
@FunctionalInterface
interface Work {

    void run() throws Exception;

    /** The time of one call. */
    static double seconds(Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }
}
