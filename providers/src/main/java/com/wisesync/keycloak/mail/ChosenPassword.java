package com.wisesync.keycloak.mail;

import java.util.Optional;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Marks a login in which the user has just chosen a password by an emailed link: the login's password step does not ask for
 * it again. Every later step does what it does in any other login.
 *
 * <p>The mark belongs to one login in one browser, and ends with it, when it is started again, and when the password changes.
 */
public final class ChosenPassword {

    private static final String NOTE = "wise-sync.chosen-password";

    private ChosenPassword() {}

    static void mark(AuthenticationSessionModel login, UserModel user) {
        identity(user).ifPresent(password -> login.setAuthNote(NOTE, password));
    }

    /** Returns whether the user has chosen their current password in this login. */
    public static boolean isIn(AuthenticationSessionModel login, UserModel user) {
        String marked = login.getAuthNote(NOTE);
        return marked != null && identity(user).filter(marked::equals).isPresent();
    }

    /** Changes with each new password. */
    static Optional<String> identity(UserModel user) {
        return password(user).map(password -> password.getId() + ' ' + password.getCreatedDate());
    }

    static Optional<CredentialModel> password(UserModel user) {
        return user.credentialManager()
                .getStoredCredentialsByTypeStream(PasswordCredentialModel.TYPE)
                .findFirst();
    }
}
