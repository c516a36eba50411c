package com.wisesync.keycloak.twofactor;

import com.wisesync.keycloak.Quota;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserLoginFailureModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.managers.BruteForceProtector;

/**
 * Keycloak's lockout of a user after failed logins, in the realm of the session's context.
 *
 * <p>Keycloak counts failures of passwords and second factors in one number, and those of second factors in a second number
 * as well, which only a login with a second factor resets (DefaultBruteForceProtector, 26.7). The limits on codes
 * ({@link Quota}) are independent of both: nothing here resets them.
 */
public final class Lockout {

    private final KeycloakSession session;
    private final RealmModel realm;

    /** @param session whose context has a realm */
    public Lockout(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    /** Returns when the user can log in again, to the second, or empty if the user is not locked out. */
    public Optional<Instant> lockedUntil(UserModel user) {
        return lockedUntil(user.getId());
    }

    /** The same for the user with this id, for lists that do not load the users' models. */
    public Optional<Instant> lockedUntil(String userId) {
        UserLoginFailureModel failures = session.loginFailures().getUserLoginFailure(realm, userId);
        return failures == null || failures.getFailedLoginNotBefore() <= Time.currentTimeSeconds()
                ? Optional.empty()
                : Optional.of(Instant.ofEpochSecond(failures.getFailedLoginNotBefore()));
    }

    /**
     * Ends a lockout caused by wrong passwords, to be called when an administrator has set a new password, or the user has by an
     * emailed link or in a login. Does nothing while failures of a second factor are counted: otherwise access to the mailbox
     * would allow unlimited guesses of app codes.
     */
    public void endAfterNewPassword(UserModel user) {
        UserLoginFailureModel failures = failures(user);
        if (failures != null && failures.getNumSecondaryAuthFailures() == 0) {
            failures.clearFailures();
        }
    }

    /**
     * Counts a wrong recovery code among the failures of second factors too. Keycloak counts it in the first number only
     * (DefaultBruteForceProtector.failure, 26.7), in a transaction that begins after the step and can end before that of the
     * request. This count is therefore committed at once: two transactions that create a user's first record could lose one of
     * the numbers.
     */
    void recoveryCodeFailed(UserModel user) {
        if (realm.isBruteForceProtected()) {
            KeycloakModelUtils.runJobInTransaction(
                    session.getKeycloakSessionFactory(),
                    session.getContext(),
                    own -> new Lockout(own).countSecondFactorFailure(user.getId()));
        }
    }

    private void countSecondFactorFailure(String userId) {
        UserLoginFailureModel failures = session.loginFailures().getUserLoginFailure(realm, userId);
        if (failures == null) {
            failures = session.loginFailures().addUserLoginFailure(realm, userId);
        }
        failures.incrementSecondaryAuthFailures();
    }

    /**
     * Ends any lockout and forgets all counted failures, on behalf of an administrator.
     *
     * @return whether the user was locked out
     */
    public boolean unlock(UserModel user) {
        boolean locked = lockedUntil(user).isPresent();
        session.loginFailures().removeUserLoginFailure(realm, user.getId());
        return locked;
    }

    /**
     * Removes what a permanent lockout leaves at a user who is about to be enabled, as Keycloak's own API does. Otherwise the user
     * would count as locked out when an administrator disables them later.
     */
    public void endPermanent(UserModel user) {
        session.getProvider(BruteForceProtector.class).cleanUpPermanentLockout(session, realm, user);
    }

    private UserLoginFailureModel failures(UserModel user) {
        return session.loginFailures().getUserLoginFailure(realm, user.getId());
    }
}
