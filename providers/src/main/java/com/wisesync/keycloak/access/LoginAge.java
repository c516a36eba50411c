package com.wisesync.keycloak.access;

import com.wisesync.keycloak.Refusal;
import java.time.Duration;
import java.time.Instant;
import org.keycloak.models.UserSessionModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.managers.AuthenticationManager;

/** How long ago a user logged in, and the limit for changes that need a recent login. */
public final class LoginAge {

    /** The oldest login that a change accepts. */
    public static final Duration MAX = Duration.ofMinutes(15);

    private LoginAge() {}

    /**
     * Requires a login at most {@link #MAX} old. The session's note decides, because lightweight tokens carry no
     * {@code auth_time}; a token that has one must be recent too.
     *
     * @param userSession null if the token's session is not found: its login then counts as too old
     * @throws Refusal of the kind {@code STEP_UP} if the login is older
     */
    public static void requireRecent(UserSessionModel userSession, AccessToken token) {
        long age = Instant.now().getEpochSecond() - Math.min(authTime(userSession), authTime(token));
        if (age > MAX.toSeconds()) {
            throw tooOld();
        }
    }

    private static long authTime(UserSessionModel userSession) {
        String note = userSession == null ? null : userSession.getNote(AuthenticationManager.AUTH_TIME);
        return note == null ? 0 : Long.parseLong(note);
    }

    private static long authTime(AccessToken token) {
        return token.getAuth_time() == null ? Long.MAX_VALUE : token.getAuth_time();
    }

    /** The refusal of a caller who has to log in again. */
    public static Refusal tooOld() {
        return Refusal.of(Refusal.Kind.STEP_UP, "wiseSyncLoginTooOld", MAX.toMinutes());
    }
}
