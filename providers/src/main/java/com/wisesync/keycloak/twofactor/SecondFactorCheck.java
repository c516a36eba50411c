package com.wisesync.keycloak.twofactor;

import com.wisesync.keycloak.mail.LoginSession;
import com.wisesync.keycloak.mail.LoginStart;
import jakarta.ws.rs.core.Response;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.common.util.Time;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * A final check that no login skips the second factor, and that none is completed that is {@linkplain OutdatedLogin outdated}.
 *
 * <p>Keycloak evaluates the triggers of required actions before it creates a session, in every flow
 * (AuthenticationManager.nextRequiredAction, 26.7); a direct grant is refused if an action remains. The check therefore also
 * covers a flow without our second factor that an administrator binds, and an identity provider without our post login flow.
 */
final class SecondFactorCheck implements RequiredActionProvider {

    /** Note of the user session: when it passed the second factor, in seconds since 1970. */
    static final String PASSED_AT = "wise-sync.second-factor-at";

    private static final String NOT_REQUIRED = "wise-sync.second-factor-not-asked";
    private static final String TEMPLATE = "wise-sync-second-factor-missing.ftl";

    private final KeycloakSession session;

    SecondFactorCheck(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void evaluateTriggers(RequiredActionContext context) {
        AuthenticationSessionModel login = context.getAuthenticationSession();
        LoginStart start = new LoginStart(session, login);
        if (Levels.isUnreachable(login) || start.isOutdated(context.getUser())) {
            login.addRequiredAction(SecondFactorCheckFactory.ID);
            return;
        }
        start.recordFirst(context.getUser());
        if (usedSecondFactor(login)) {
            pass(login);
            Levels.record(session, login, Levels.SECOND_FACTOR);
        } else if (endsInSession(login)) {
            check(login, new SecondFactorPolicy(session).isRequired(context.getUser(), login));
        }
    }

    private void check(AuthenticationSessionModel login, boolean required) {
        if (!required) {
            login.setAuthNote(NOT_REQUIRED, "true");
            if (!AuthenticatorUtil.isSSOAuthentication(login)) {
                Levels.record(session, login, Levels.PASSWORD);
            }
        } else if (login.getAuthNote(NOT_REQUIRED) != null) {
            // The user enrolled a second factor in this login, which needed none before.
            pass(login);
        } else if (!continuesCheckedSession(login)) {
            login.addRequiredAction(SecondFactorCheckFactory.ID);
        }
    }

    private static void pass(AuthenticationSessionModel login) {
        login.setUserSessionNote(PASSED_AT, String.valueOf(Time.currentTimeSeconds()));
        login.removeRequiredAction(SecondFactorCheckFactory.ID);
    }

    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        AuthenticationSessionModel login = context.getAuthenticationSession();
        Optional<Response> outdated =
                new OutdatedLogin(session, login).refuse(context.getUser(), context.getEvent(), context::form);
        if (outdated.isPresent()) {
            context.challenge(outdated.get());
        } else if (Levels.isUnreachable(login)) {
            refuse(context, "unknown_acr", LevelPage.unreachable(context.form()));
        } else if (usedSecondFactor(login)) {
            context.success();
        } else {
            endUncheckedSession(login);
            refuse(
                    context,
                    "second_factor_missing",
                    Response.fromResponse(context.form().createForm(TEMPLATE))
                            .status(Response.Status.FORBIDDEN)
                            .build());
        }
    }

    private static void refuse(RequiredActionContext context, String reason, Response page) {
        context.getEvent()
                .clone()
                .event(EventType.LOGIN)
                .client(context.getAuthenticationSession().getClient())
                .user(context.getUser())
                .detail(Details.REASON, reason)
                .error(Errors.ACCESS_DENIED);
        context.challenge(page);
    }

    /** Removes a session that was created before its user needed a second factor. Otherwise it would fail here forever. */
    private void endUncheckedSession(AuthenticationSessionModel login) {
        UserSessionModel existing = existingSession(login);
        if (existing != null && AuthenticatorUtil.isSSOAuthentication(login)) {
            session.sessions().removeUserSession(login.getRealm(), existing);
        }
    }

    @Override
    public void processAction(RequiredActionContext context) {
        requiredActionChallenge(context);
    }

    static boolean usedSecondFactor(AuthenticationSessionModel login) {
        List<String> credentials = AuthenticatorUtil.getAuthnCredentials(login);
        return credentials.contains(EmailedCode.CREDENTIAL_TYPE)
                || !Collections.disjoint(credentials, SecondFactors.TYPES);
    }

    /** An emailed link that is opened elsewhere performs its action and ends without a session. */
    static boolean endsInSession(AuthenticationSessionModel login) {
        return login.getAuthNote(AuthenticationManager.END_AFTER_REQUIRED_ACTIONS) == null;
    }

    /** Only a single sign-on continues a session. A login with a password needs both factors: it renews {@code auth_time}. */
    private boolean continuesCheckedSession(AuthenticationSessionModel login) {
        UserSessionModel existing = AuthenticatorUtil.isSSOAuthentication(login) ? existingSession(login) : null;
        return existing != null && existing.getNote(PASSED_AT) != null;
    }

    private UserSessionModel existingSession(AuthenticationSessionModel login) {
        return session.sessions().getUserSession(login.getRealm(), LoginSession.id(session, login));
    }

    @Override
    public void close() {
        // Nothing to close.
    }
}
