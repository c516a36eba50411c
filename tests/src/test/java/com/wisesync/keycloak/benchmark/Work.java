package com.wisesync.keycloak.benchmark;

/** One unit of work, timed from its call to its return; fails loudly, so that an error is never a fast answer. */
@FunctionalInterface
interface Work {

    void run() throws Exception;
}
