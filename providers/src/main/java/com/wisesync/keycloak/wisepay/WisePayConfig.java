package com.wisesync.keycloak.wisepay;

import static com.wisesync.keycloak.wisepay.WisePayConfigProperties.API_KEY;
import static com.wisesync.keycloak.wisepay.WisePayConfigProperties.COMPARE_EVERY;
import static com.wisesync.keycloak.wisepay.WisePayConfigProperties.DEFAULT_API_KEY;
import static com.wisesync.keycloak.wisepay.WisePayConfigProperties.DEFAULT_COMPARE_EVERY;
import static com.wisesync.keycloak.wisepay.WisePayConfigProperties.DEFAULT_PARALLEL;
import static com.wisesync.keycloak.wisepay.WisePayConfigProperties.DEFAULT_WEBHOOK_SECRET;
import static com.wisesync.keycloak.wisepay.WisePayConfigProperties.PARALLEL;
import static com.wisesync.keycloak.wisepay.WisePayConfigProperties.URL;
import static com.wisesync.keycloak.wisepay.WisePayConfigProperties.WEBHOOK_SECRET;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.keycloak.Config;
import org.keycloak.common.util.DurationConverter;

/** The options for Wise-Pay. An invalid option ends the start of the server. */
final class WisePayConfig {

    private static final Logger LOG = Logger.getLogger(WisePayConfig.class);

    private static final Pattern VAULT_REFERENCE = Pattern.compile("\\$\\{vault\\.[^}]+}");
    private static final Duration MAX_INTERVAL = Duration.ofDays(30);
    private static final int MAX_PARALLEL = 256;

    private final URI url;
    private final String apiKey;
    private final String webhookSecret;
    private final Duration reconcileEvery;
    private final int parallel;

    private WisePayConfig(Config.Scope scope) {
        this.url = url(scope.get(URL));
        this.apiKey = vaultReference(API_KEY, scope.get(API_KEY, DEFAULT_API_KEY));
        this.webhookSecret = vaultReference(WEBHOOK_SECRET, scope.get(WEBHOOK_SECRET, DEFAULT_WEBHOOK_SECRET));
        this.reconcileEvery = interval(COMPARE_EVERY, scope.get(COMPARE_EVERY, DEFAULT_COMPARE_EVERY));
        this.parallel = number(PARALLEL, scope.get(PARALLEL, String.valueOf(DEFAULT_PARALLEL)));
    }

    static WisePayConfig of(Config.Scope scope) {
        return new WisePayConfig(scope);
    }

    /** The address of Wise-Pay; empty if it is not configured. */
    Optional<URI> url() {
        return Optional.ofNullable(url);
    }

    String apiKey() {
        return apiKey;
    }

    String webhookSecret() {
        return webhookSecret;
    }

    Duration reconcileEvery() {
        return reconcileEvery;
    }

    int parallel() {
        return parallel;
    }

    private static URI url(String value) {
        if (value == null || value.isBlank()) {
            return null;
        }
        try {
            URI url = new URI(value.strip());
            boolean web = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
            boolean bare = url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null;
            if (!web || url.getHost() == null || !bare) {
                throw wrong(URL, "must be an http or https address with a host and neither user, query nor fragment");
            }
            String text = url.toString();
            return URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        } catch (URISyntaxException e) {
            throw wrong(URL, "is not an address: " + e.getReason());
        }
    }

    /** Keycloak's transcriber returns other text as the secret itself, and a secret must not be in an option. */
    private static String vaultReference(String option, String value) {
        if (!VAULT_REFERENCE.matcher(value).matches()) {
            throw wrong(option, "must be a reference to the vault, as ${vault.name}");
        }
        return value;
    }

    private static Duration interval(String option, String value) {
        Duration interval = Duration.ZERO;
        try {
            interval = DurationConverter.parseDuration(value);
        } catch (IllegalArgumentException e) {
            LOG.debugf("Not a duration: %s", e.getMessage());
        }
        if (interval == null || interval.toSeconds() < 1 || interval.compareTo(MAX_INTERVAL) > 0) {
            throw wrong(option, "must be a number of seconds, minutes, hours or days, such as 30s or 5m, up to 30d");
        }
        return interval;
    }

    private static int number(String option, String value) {
        try {
            int number = Integer.parseInt(value);
            if (number >= 1 && number <= MAX_PARALLEL) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw wrong(option, "must be a number from 1 to " + MAX_PARALLEL);
        }
        throw wrong(option, "must be a number from 1 to " + MAX_PARALLEL);
    }

    private static IllegalArgumentException wrong(String option, String what) {
        return new IllegalArgumentException("The option spi-events-listener--wise-sync--" + option + " " + what);
    }
}
