package com.wisesync.keycloak.twofactor;

import com.wisesync.keycloak.LoginNameClaims;
import com.wisesync.keycloak.OptIn;
import com.wisesync.keycloak.Quota;
import com.wisesync.keycloak.Versioned;
import com.wisesync.keycloak.mail.ChosenPassword;
import java.time.Duration;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.requiredactions.UpdateEmail;
import org.keycloak.authentication.requiredactions.util.EmailCooldownManager;
import org.keycloak.common.util.Time;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Keycloak's page for a new email, which here logs out other devices after the commit. Replaces Keycloak's provider: same id and a
 * higher order (ProviderManager, 26.7).
 *
 * <p>It requires a recent second factor, also where the account makes it optional: with the email, a password can be reset.
 * A user who opens the page with an older session, or one without a second factor, logs in again. An email that waits for its
 * confirmation opens the page at the next login too; without a recent second factor that login continues without it.
 */
public final class NewEmail extends UpdateEmail implements Versioned {

    private static final String ID = UserModel.RequiredAction.UPDATE_EMAIL.name();
    private static final String ALLOWED = "wise-sync.new-email-allowed";

    private static final int CORRECTIONS = 5;

    /** Older than any login (OIDCLoginProtocol.isReAuthRequiredForKcAction, 26.7). */
    private static final int LOG_IN_AGAIN = -1;

    /** Returns whether the page is due in a login with a password or an identity provider, which then needs a second factor. */
    static boolean isAskedIn(AuthenticationSessionModel login, UserModel user) {
        return !AuthenticatorUtil.isSSOAuthentication(login)
                && isEnabled(login.getRealm())
                && (ID.equals(login.getClientNote(Constants.KC_ACTION))
                        || user.getRequiredActionsStream().anyMatch(ID::equals))
                && !isProvenByLink(login, user);
    }

    /** Called by the login for the identity cookie. */
    @Override
    public int getMaxAuthAge(KeycloakSession session) {
        int maxAge = super.getMaxAuthAge(session);
        return session != null && OptIn.isActive(session.getContext().getRealm()) && !isRecentInSession(session, maxAge)
                ? LOG_IN_AGAIN
                : maxAge;
    }

    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        if (isAllowed(context)) {
            super.requiredActionChallenge(context);
        } else {
            context.ignore();
        }
    }

    @Override
    public void processAction(RequiredActionContext context) {
        if (!isAllowed(context)) {
            context.cancel();
            return;
        }
        if (OptIn.isActive(context.getRealm())) {
            allowAnotherAddress(context);
        }
        if (!isVerifyEmailEnabled(context.getRealm())) {
            CredentialPage.process(context, () -> super.processAction(context));
        } else {
            // The emailed link remembers whether the user is logged out of other devices.
            super.processAction(context);
        }
    }

    /**
     * Keycloak waits between two emails to a user; here only between two to one address, so that a typo is corrected at once.
     * Five changes an hour skip the wait.
     */
    private static void allowAnotherAddress(RequiredActionContext context) {
        UserModel user = context.getUser();
        String entered = context.getHttpRequest().getDecodedFormParameters().getFirst(UserModel.EMAIL);
        String pending = user.getFirstAttribute(UserModel.EMAIL_PENDING);
        boolean another = entered != null && pending != null && !LoginNameClaims.same(entered, pending);
        if (another
                && EmailCooldownManager.retrieveCooldownEntry(context, EMAIL_RESEND_COOLDOWN_KEY_PREFIX) != null
                && new Quota(context.getSession(), "new-email", CORRECTIONS, Duration.ofHours(1))
                        .claim(user)
                        .isPresent()) {
            context.getSession().singleUseObjects().remove(EMAIL_RESEND_COOLDOWN_KEY_PREFIX + user.getId());
        }
    }

    /** Decided when the page opens, so that the user may take time to fill it in. */
    private boolean isAllowed(RequiredActionContext context) {
        AuthenticationSessionModel login = context.getAuthenticationSession();
        boolean allowed = !OptIn.isActive(context.getRealm())
                || login.getAuthNote(ALLOWED) != null
                || SecondFactorCheck.usedSecondFactor(login)
                || isProvenByLink(login, context.getUser())
                || AuthenticatorUtil.isSSOAuthentication(login)
                        && isRecentInSession(context.getSession(), super.getMaxAuthAge(context.getSession()));
        if (allowed) {
            login.setAuthNote(ALLOWED, "true");
        }
        return allowed;
    }

    /** A user who has followed an emailed link has proved to own the mailbox, which an emailed code would prove again. */
    private static boolean isProvenByLink(AuthenticationSessionModel login, UserModel user) {
        return ChosenPassword.isIn(login, user) || !SecondFactorCheck.endsInSession(login);
    }

    private static boolean isRecentInSession(KeycloakSession session, int maxAge) {
        // As Keycloak's CookieAuthenticator does (26.7).
        AuthResult current = AuthenticationManager.authenticateIdentityCookie(
                session, session.getContext().getRealm(), true);
        UserSessionModel existing = current == null ? null : current.session();
        String passedAt = existing == null ? null : existing.getNote(SecondFactorCheck.PASSED_AT);
        return passedAt != null && Long.parseLong(passedAt) + maxAge >= Time.currentTimeSeconds();
    }

    @Override
    public int order() {
        return 1;
    }
}
