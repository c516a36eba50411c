/** Compares the extension with stock Keycloak in one run: {@code mvn -Pbenchmark verify}. */
package com.wisesync.keycloak.benchmark;
