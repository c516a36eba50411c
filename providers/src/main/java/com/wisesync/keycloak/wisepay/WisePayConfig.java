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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.Config;

/** Wise-Pay as the server's options describe it. What is wrong there stops the server's start. */
final class WisePayConfig {

    private static final Pattern IN_THE_VAULT = Pattern.compile("\\$\\{vault\\.[^}]+}");
    private static final Pattern INTERVAL = Pattern.compile("([1-9][0-9]{0,5})([smhd])");
    private static final int MOST_PARALLEL = 256;

    private final URI url;
    private final String apiKey;
    private final String webhookSecret;
    private final Duration compareEvery;
    private final int parallel;

    private WisePayConfig(Config.Scope scope) {
        this.url = url(scope.get(URL));
        this.apiKey = vaultReference(API_KEY, scope.get(API_KEY, DEFAULT_API_KEY));
        this.webhookSecret = vaultReference(WEBHOOK_SECRET, scope.get(WEBHOOK_SECRET, DEFAULT_WEBHOOK_SECRET));
        this.compareEvery = interval(COMPARE_EVERY, scope.get(COMPARE_EVERY, DEFAULT_COMPARE_EVERY));
        this.parallel = number(PARALLEL, scope.get(PARALLEL, String.valueOf(DEFAULT_PARALLEL)));
    }

    static WisePayConfig of(Config.Scope scope) {
        return new WisePayConfig(scope);
    }

    /** Empty when nothing is to be sent anywhere. */
    Optional<URI> url() {
        return Optional.ofNullable(url);
    }

    String apiKey() {
        return apiKey;
    }

    String webhookSecret() {
        return webhookSecret;
    }

    Duration compareEvery() {
        return compareEvery;
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

    /** Keycloak's transcriber takes other text for the secret itself: a secret must not stand in an option. */
    private static String vaultReference(String option, String value) {
        if (!IN_THE_VAULT.matcher(value).matches()) {
            throw wrong(option, "must say where in the vault it is, as ${vault.name}");
        }
        return value;
    }

    private static Duration interval(String option, String value) {
        Matcher matcher = INTERVAL.matcher(value);
        if (!matcher.matches()) {
            throw wrong(option, "must be a number of seconds, minutes, hours or days, such as 30s or 5m");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    private static int number(String option, String value) {
        try {
            int number = Integer.parseInt(value);
            if (number >= 1 && number <= MOST_PARALLEL) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw wrong(option, "must be a number from 1 to " + MOST_PARALLEL);
        }
        throw wrong(option, "must be a number from 1 to " + MOST_PARALLEL);
    }

    private static IllegalArgumentException wrong(String option, String what) {
        return new IllegalArgumentException("The option spi-events-listener--wise-sync--" + option + " " + what);
    }
}
