package com.wisesync.keycloak.twofactor;

import jakarta.ws.rs.core.Response;
import java.util.Collections;
import java.util.List;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.authentication.authenticators.util.AcrStore;
import org.keycloak.common.util.Time;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventType;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * What stands at the end of every road. Whatever flow a login took, Keycloak evaluates the triggers of the required actions
 * before it makes a session (AuthenticationManager.nextRequiredAction, 26.7), the direct grant included, which then refuses.
 * So a flow that somebody binds without our second factor, or an identity provider without our flow after its login, ends
 * here instead of in a session.
 */
final class Guard implements RequiredActionProvider {

    /** On the user session: since when it has a second factor, in seconds since 1970. */
    static final String PASSED_AT = "wise-sync.second-factor-at";

    /** As the flow has it, where it says which level devices stand for. */
    private static final int LEVEL = 2;

    private static final String NOT_ASKED = "wise-sync.second-factor-not-asked";
    private static final String TEMPLATE = "wise-sync-second-factor-missing.ftl";

    private final KeycloakSession session;

    Guard(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void evaluateTriggers(RequiredActionContext context) {
        AuthenticationSessionModel login = context.getAuthenticationSession();
        if (madeWithSecondFactor(login)) {
            pass(login);
            raiseLevel(login);
        } else if (endsInASession(login)) {
            judge(login, new Policy(session).asks(context.getUser()));
        }
    }

    private void judge(AuthenticationSessionModel login, boolean asked) {
        if (!asked) {
            login.setAuthNote(NOT_ASKED, "true");
        } else if (login.getAuthNote(NOT_ASKED) != null) {
            // Not asked when they logged in, and enrolled a device since, in this login: from here on the session will
            // do.
            pass(login);
        } else if (!continuesAGoodSession(login)) {
            login.addRequiredAction(GuardFactory.ID);
        }
    }

    private static void pass(AuthenticationSessionModel login) {
        login.setUserSessionNote(PASSED_AT, String.valueOf(Time.currentTimeSeconds()));
        login.removeRequiredAction(GuardFactory.ID);
    }

    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        AuthenticationSessionModel login = context.getAuthenticationSession();
        if (madeWithSecondFactor(login)) {
            context.success();
            return;
        }
        endOutgrownSession(login);
        context.getEvent()
                .clone()
                .event(EventType.LOGIN)
                .client(login.getClient())
                .user(context.getUser())
                .detail(Details.REASON, "second_factor_missing")
                .error(Errors.ACCESS_DENIED);
        Response page = context.form().createForm(TEMPLATE);
        context.challenge(
                Response.fromResponse(page).status(Response.Status.FORBIDDEN).build());
    }

    /**
     * A session from before its user was asked for a second factor. It goes, or every further login would come in by it and
     * end here again.
     */
    private void endOutgrownSession(AuthenticationSessionModel login) {
        UserSessionModel before = session.sessions()
                .getUserSession(login.getRealm(), login.getParentSession().getId());
        if (before != null && AuthenticatorUtil.isSSOAuthentication(login)) {
            session.sessions().removeUserSession(login.getRealm(), before);
        }
    }

    @Override
    public void processAction(RequiredActionContext context) {
        requiredActionChallenge(context);
    }

    private static boolean madeWithSecondFactor(AuthenticationSessionModel login) {
        List<String> used = AuthenticatorUtil.getAuthnCredentials(login);
        return used.contains(MailedCode.CREDENTIAL_TYPE) || !Collections.disjoint(used, Devices.TYPES);
    }

    /**
     * What the token calls acr. Keycloak asks for it where a device is removed with a token and no login of its own
     * (CredentialDeleteHelper, 26.7). It raises the level itself only in a flow that leaves the second factor out when nobody
     * asks for it, which ours never does.
     */
    private void raiseLevel(AuthenticationSessionModel login) {
        AcrStore levels = new AcrStore(session, login);
        if (levels.getLevelOfAuthenticationFromCurrentAuthentication() < LEVEL) {
            levels.setLevelAuthenticated(LEVEL);
            login.setUserSessionNote(Constants.LOA_MAP, login.getAuthNote(Constants.LOA_MAP));
        }
    }

    /** A link out of a mail, opened anywhere, does what it is for and ends. */
    private static boolean endsInASession(AuthenticationSessionModel login) {
        return login.getAuthNote(AuthenticationManager.END_AFTER_REQUIRED_ACTIONS) == null;
    }

    /**
     * Only when the session itself was the way in. One who proves themselves anew does so with both factors: that is what a
     * fresh authentication time stands for.
     */
    private boolean continuesAGoodSession(AuthenticationSessionModel login) {
        if (!AuthenticatorUtil.isSSOAuthentication(login)) {
            return false;
        }
        UserSessionModel before = session.sessions()
                .getUserSession(login.getRealm(), login.getParentSession().getId());
        return before != null && before.getNote(PASSED_AT) != null;
    }

    @Override
    public void close() {
        // Nothing to close.
    }
}
