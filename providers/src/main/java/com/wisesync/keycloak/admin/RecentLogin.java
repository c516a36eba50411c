package com.wisesync.keycloak.admin;

import java.time.Duration;
import java.time.Instant;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.managers.AuthenticationManager;

/**
 * When the caller logged in, for calls that an unattended screen must not be enough for. The session's note is what counts:
 * lightweight tokens carry no {@code auth_time}. Where a token has one it must be recent too.
 */
final class RecentLogin {

    static final Duration MAX_AGE = Duration.ofMinutes(15);

    private final boolean exempt;
    private final long authTime;

    private RecentLogin(boolean exempt, long authTime) {
        this.exempt = exempt;
        this.authTime = authTime;
    }

    static RecentLogin of(KeycloakSession session, AccessToken token, UserModel user) {
        return new RecentLogin(
                user.getServiceAccountClientLink() != null,
                Math.min(ofSession(session.getContext().getUserSession()), ofToken(token)));
    }

    /** @throws StepUpRequired unless the login is recent, or the caller is a service, which never logs in */
    void require() {
        if (!exempt && Instant.now().getEpochSecond() - authTime > MAX_AGE.toSeconds()) {
            throw new StepUpRequired();
        }
    }

    private static long ofSession(UserSessionModel userSession) {
        String note = userSession == null ? null : userSession.getNote(AuthenticationManager.AUTH_TIME);
        return note == null ? 0 : Long.parseLong(note);
    }

    private static long ofToken(AccessToken token) {
        return token.getAuth_time() == null ? Long.MAX_VALUE : token.getAuth_time();
    }

    /** The caller has to log in again first. */
    static final class StepUpRequired extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
