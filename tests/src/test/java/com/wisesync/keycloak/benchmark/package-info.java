/** The extension beside stock Keycloak, measured in one run: {@code mvn -Pbenchmark verify}. */
package com.wisesync.keycloak.benchmark;
