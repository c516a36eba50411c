package com.wisesync.keycloak.autotask;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.keycloak.Config;

/**
 * The options of the server. An invalid option stops the server's start.
 *
 * @param keys names of Vault entries, newest first
 * @param readsPerMinute how many secrets one caller may read in a minute
 * @param countEvery the interval in which passwords are counted by key
 */
record AutotaskConfig(List<String> keys, int readsPerMinute, Duration countEvery) {

    static final String KEYS = "keys";
    static final String DEFAULT_KEYS = "autotask-key";
    static final String READS_PER_MINUTE = "secret-reads-per-minute";
    static final int DEFAULT_READS_PER_MINUTE = 120;
    static final String COUNT_SECONDS = "key-count-seconds";
    static final int DEFAULT_COUNT_SECONDS = 300;

    /** Without underscores: vaults escape them in names, and SQL's LIKE treats them as a wildcard. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]{1,64}");

    AutotaskConfig {
        keys = List.copyOf(keys);
        if (keys.isEmpty() || !keys.stream().allMatch(key -> NAME.matcher(key).matches())) {
            throw new IllegalArgumentException("The option " + KEYS + " of the credential provider "
                    + AutotaskCredentialProviderFactory.TYPE
                    + " names one or more Vault entries, each of letters, digits and '-', separated by commas");
        }
        if (readsPerMinute < 1 || countEvery.toSeconds() < 1) {
            throw new IllegalArgumentException("The options " + READS_PER_MINUTE + " and " + COUNT_SECONDS
                    + " of the credential provider " + AutotaskCredentialProviderFactory.TYPE + " are 1 or more");
        }
    }

    static AutotaskConfig of(Config.Scope scope) {
        return new AutotaskConfig(
                Arrays.stream(scope.get(KEYS, DEFAULT_KEYS).split(","))
                        .map(String::strip)
                        .toList(),
                scope.getInt(READS_PER_MINUTE, DEFAULT_READS_PER_MINUTE),
                Duration.ofSeconds(scope.getInt(COUNT_SECONDS, DEFAULT_COUNT_SECONDS)));
    }

    /** The prefix of the options in the server's configuration. */
    static String keysOption() {
        return "spi-credential--" + AutotaskCredentialProviderFactory.TYPE + "--" + KEYS;
    }
}
