package com.wisesync.keycloak.mail;

import com.wisesync.keycloak.OptIn;
import com.wisesync.keycloak.Revision;
import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.ErrorPageException;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The user's password and "not before" at the start of a login. A new password, a disable (also after an enable) and the end of
 * all sessions change one of them. A login in progress has no session that could be ended, so it compares them before it is
 * completed and before it changes how its user logs in.
 *
 * <p>Stored as a note of the login, which Keycloak clears when the login starts again. Does nothing in realms where the extension
 * is not active.
 */
public final class LoginStart {

    private static final String NOTE = "wise-sync.login-start";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AuthenticationSessionModel login;

    /** @param login the login, or the use of an emailed link */
    public LoginStart(KeycloakSession session, AuthenticationSessionModel login) {
        this.session = session;
        this.realm = login.getRealm();
        this.login = login;
    }

    /** Records the current state: the user was authenticated just now, or changed the password in this login. */
    public void record(UserModel user) {
        if (OptIn.isActive(realm)) {
            login.setAuthNote(NOTE, state(user));
        }
    }

    /** Records the current state, unless one is recorded already. */
    public void recordFirst(UserModel user) {
        if (login.getAuthNote(NOTE) == null) {
            record(user);
        }
    }

    /**
     * Locks the user's account until the end of the transaction, as every other change of a password does, and reads the user
     * again: {@link #isOutdated} then holds until the commit.
     *
     * @throws ErrorPageException if the lock is not available within 30 seconds
     */
    public void lock(UserModel user) {
        if (OptIn.isActive(realm)) {
            CommittedUser.lock(session, user, login);
        }
    }

    /** Whether the user's state has changed since it was recorded. */
    public boolean isOutdated(UserModel user) {
        String recorded = login.getAuthNote(NOTE);
        return recorded != null && !recorded.equals(state(user));
    }

    /** As committed: a cache may still have the password that was replaced. */
    private String state(UserModel user) {
        UserModel committed = CommittedUser.find(session, realm, user.getId());
        return Revision.of(List.of(
                String.valueOf(CommittedUser.notBefore(session, realm, user)),
                committed == null ? "" : ChosenPassword.identity(committed).orElse("")));
    }
}
