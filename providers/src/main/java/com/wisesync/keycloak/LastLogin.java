package com.wisesync.keycloak;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.UserModel;

/**
 * The day of a user's last login, in UTC, kept in a user attribute. It is written at most once per user and day, so that
 * other logins cost no write. Two first logins of a day at the same time may leave two values; the later one counts.
 */
public final class LastLogin {

    /** The user attribute; the User Profile declares it as visible to admins and read-only. */
    public static final String ATTRIBUTE = "last-login";

    private static final Logger LOG = Logger.getLogger(LastLogin.class);

    private LastLogin() {}

    /** Records a login of the user today, unless it is recorded already. */
    public static void record(UserModel user) {
        String today = LocalDate.now(ZoneOffset.UTC).toString();
        if (!today.equals(user.getFirstAttribute(ATTRIBUTE))) {
            user.setSingleAttribute(ATTRIBUTE, today);
        }
    }

    /** The day of the user's last login; empty if the user has never logged in. */
    public static Optional<LocalDate> of(UserModel user) {
        return parse(user.getFirstAttribute(ATTRIBUTE));
    }

    /** @param text the attribute's value; null or anything but an ISO date counts as never */
    public static Optional<LocalDate> parse(String text) {
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException e) {
            LOG.debugf("'%s' is not a date: '%s'", ATTRIBUTE, text);
            return Optional.empty();
        }
    }
}
