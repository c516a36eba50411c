package com.wisesync.keycloak.twofactor;

import java.time.Duration;
import java.util.Map;
import org.jboss.logging.Logger;
import org.keycloak.models.AuthenticatorConfigModel;

/** The settings of emailed codes in a flow. */
record EmailedCodeConfig(int digits, Duration lifetime, int tries, Duration resendAfter, int sendsPerHour) {

    static final Setting DIGITS = new Setting("digits", 6, 6, 10);
    static final Setting LIFETIME = new Setting("lifetime", 300, 60, 900);
    static final Setting TRIES = new Setting("tries", 5, 1, 10);
    static final Setting RESEND_AFTER = new Setting("resend-after", 60, 10, 600);
    static final Setting SENDS_PER_HOUR = new Setting("sends-per-hour", 5, 1, 30);

    static EmailedCodeConfig of(AuthenticatorConfigModel model) {
        return new EmailedCodeConfig(
                DIGITS.read(model),
                Duration.ofSeconds(LIFETIME.read(model)),
                TRIES.read(model),
                Duration.ofSeconds(RESEND_AFTER.read(model)),
                SENDS_PER_HOUR.read(model));
    }

    /**
     * A number within bounds. Keycloak does not validate the configuration of an authenticator on save (26.7), so it is
     * validated here: a value that is not a number or out of bounds counts as the default.
     */
    record Setting(String key, int fallback, int min, int max) {

        private static final Logger LOG = Logger.getLogger(EmailedCodeConfig.class);

        int read(AuthenticatorConfigModel model) {
            Map<String, String> config = model == null || model.getConfig() == null ? Map.of() : model.getConfig();
            String text = config.get(key);
            if (text == null || text.isBlank()) {
                return fallback;
            }
            try {
                int number = Integer.parseInt(text.trim());
                if (number >= min && number <= max) {
                    return number;
                }
            } catch (NumberFormatException notANumber) {
                LOG.debugf("'%s' is not a number: %s", key, notANumber.getMessage());
            }
            LOG.warnf(
                    "Setting '%s' of '%s' must be a number from %d to %d; using %d",
                    key, model.getAlias(), min, max, fallback);
            return fallback;
        }
    }
}
