package com.wisesync.keycloak.twofactor;

import java.time.Duration;
import java.util.Map;
import org.jboss.logging.Logger;
import org.keycloak.models.AuthenticatorConfigModel;

/** The numbers of a code by e-mail, as the flow sets them. */
record MailedCodeConfig(int digits, Duration lifetime, int tries, Duration resendAfter, int sendsPerHour) {

    static final Setting DIGITS = new Setting("digits", 6, 6, 10);
    static final Setting LIFETIME = new Setting("lifetime", 300, 60, 900);
    static final Setting TRIES = new Setting("tries", 5, 1, 10);
    static final Setting RESEND_AFTER = new Setting("resend-after", 60, 10, 600);
    static final Setting SENDS_PER_HOUR = new Setting("sends-per-hour", 5, 1, 30);

    static MailedCodeConfig of(AuthenticatorConfigModel model) {
        return new MailedCodeConfig(
                DIGITS.in(model),
                Duration.ofSeconds(LIFETIME.in(model)),
                TRIES.in(model),
                Duration.ofSeconds(RESEND_AFTER.in(model)),
                SENDS_PER_HOUR.in(model));
    }

    /**
     * A number within bounds. Keycloak 26.7 asks an authenticator's factory nothing when its configuration is saved, so the
     * bounds are kept where it is read: what is no number or lies outside counts as the default.
     */
    record Setting(String key, int fallback, int least, int most) {

        private static final Logger LOG = Logger.getLogger(MailedCodeConfig.class);

        int in(AuthenticatorConfigModel model) {
            Map<String, String> config = model == null || model.getConfig() == null ? Map.of() : model.getConfig();
            String text = config.get(key);
            if (text == null || text.isBlank()) {
                return fallback;
            }
            try {
                int number = Integer.parseInt(text.trim());
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException notANumber) {
                LOG.debugf("'%s' is no number: %s", key, notANumber.getMessage());
            }
            LOG.warnf(
                    "Setting '%s' of '%s' has to be a number from %d to %d; %d is used instead",
                    key, model.getAlias(), least, most, fallback);
            return fallback;
        }
    }
}
