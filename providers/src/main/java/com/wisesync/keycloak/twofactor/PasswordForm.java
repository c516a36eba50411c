package com.wisesync.keycloak.twofactor;

import com.wisesync.keycloak.OptIn;
import com.wisesync.keycloak.TypedLogin;
import com.wisesync.keycloak.mail.ChosenPassword;
import com.wisesync.keycloak.mail.LoginStart;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.authenticators.browser.UsernamePasswordForm;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.events.Details;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.messages.Messages;

/**
 * Keycloak's form for username and password. It takes the same time for every wrong password: Keycloak computes a hash for
 * unknown and disabled users, but none for users who are locked out or have no password yet, none while another login of the
 * user is being processed, and none for an empty password (AbstractUsernameFormAuthenticator.validatePassword, 26.7).
 *
 * <p>It does not ask for a password that the user has just chosen in the same login, by an invitation. It also refuses an
 * application that requires a level of authentication which no login can reach.
 */
final class PasswordForm extends UsernamePasswordForm {

    PasswordForm(KeycloakSession session) {
        super(session);
    }

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        if (OptIn.isActive(context.getRealm()) && Levels.isUnreachable(context.getAuthenticationSession())) {
            context.getEvent().detail(Details.REASON, "unknown_acr");
            context.failure(
                    AuthenticationFlowError.GENERIC_AUTHENTICATION_ERROR, LevelPage.unreachable(context.form()));
            return;
        }
        if (hasChosenPassword(context)) {
            context.success(PasswordCredentialModel.TYPE);
            return;
        }
        super.authenticate(context);
    }

    private static boolean hasChosenPassword(AuthenticationFlowContext context) {
        UserModel user = context.getUser();
        return user != null
                && ChosenPassword.isIn(context.getAuthenticationSession(), user)
                && new Lockout(context.getSession()).lockedUntil(user).isEmpty();
    }

    /** Accepts every spelling of the address. The pages show what was typed: the stored spelling would reveal the user. */
    @Override
    public boolean validateUserAndPassword(
            AuthenticationFlowContext context, MultivaluedMap<String, String> inputData) {
        String typed = inputData.getFirst(AuthenticationManager.FORM_USERNAME);
        if (typed == null || !OptIn.isActive(context.getRealm())) {
            return super.validateUserAndPassword(context, inputData);
        }
        String stored = TypedLogin.storedSpelling(context.getSession(), typed);
        MultivaluedMap<String, String> input = new MultivaluedHashMap<>(inputData);
        input.putSingle(AuthenticationManager.FORM_USERNAME, stored);
        boolean valid = super.validateUserAndPassword(context, input);
        if (!stored.equals(typed)) {
            context.getAuthenticationSession().setAuthNote(ATTEMPTED_USERNAME, typed.strip());
        }
        return valid;
    }

    @Override
    public boolean validatePassword(
            AuthenticationFlowContext context,
            UserModel user,
            MultivaluedMap<String, String> inputData,
            boolean clearUser) {
        String password = inputData.getFirst(CredentialRepresentation.PASSWORD);
        if (OptIn.isActive(context.getRealm()) && (password == null || password.isEmpty())) {
            AuthenticatorUtils.dummyHash(context);
        }
        boolean valid = super.validatePassword(context, user, inputData, clearUser);
        if (valid) {
            new LoginStart(context.getSession(), context.getAuthenticationSession()).record(user);
        }
        return valid;
    }

    /**
     * A user with a session is asked for the password only, so errors are about the password only. Keycloak (26.7)
     * names the username too, and shows its field again after a lockout, which stays unmentioned here as well.
     */
    @Override
    protected Response challenge(AuthenticationFlowContext context, String error, String field) {
        boolean aboutCredentials =
                Messages.INVALID_USER.equals(error) || Messages.ACCOUNT_TEMPORARILY_DISABLED.equals(error);
        if (!aboutCredentials || !asksForPasswordOnly(context)) {
            return super.challenge(context, error, field);
        }
        AuthenticatorUtils.setupReauthenticationInUsernamePasswordFormError(context);
        return super.challenge(context, Messages.INVALID_PASSWORD, CredentialRepresentation.PASSWORD);
    }

    private boolean asksForPasswordOnly(AuthenticationFlowContext context) {
        return OptIn.isActive(context.getRealm()) && isUserAlreadySetBeforeUsernamePasswordAuth(context);
    }

    /**
     * Called once before Keycloak validates a password, which it skips if this is true: the user is locked out, or another login
     * of the user is being processed. The hash depends on that one answer, because the other login may end at any time.
     */
    @Override
    protected boolean isDisabledByBruteForce(AuthenticationFlowContext context, UserModel user) {
        boolean disabled = super.isDisabledByBruteForce(context, user);
        if (OptIn.isActive(context.getRealm()) && (disabled || !hasPassword(user))) {
            AuthenticatorUtils.dummyHash(context);
        }
        return disabled;
    }

    private static boolean hasPassword(UserModel user) {
        return user.credentialManager().isConfiguredFor(PasswordCredentialModel.TYPE);
    }
}
