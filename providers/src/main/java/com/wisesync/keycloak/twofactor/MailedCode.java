package com.wisesync.keycloak.twofactor;

import com.wisesync.keycloak.mail.CodeEmail;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.common.util.Time;
import org.keycloak.email.EmailException;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserLoginFailureModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Asks for a code that was mailed. Keycloak calls {@link #authenticate} again when the page is reloaded, so a code is only sent
 * when none is waiting.
 */
final class MailedCode implements Authenticator {

    /** How the events, and the list of credentials a login was made with, call it. */
    static final String CREDENTIAL_TYPE = "mailed-code";

    private static final Logger LOG = Logger.getLogger(MailedCode.class);
    private static final String USED = "wise-sync.code.used.";

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        MailedCodePage page = page(context);
        if (refusedByLockout(context, page)) {
            return;
        }
        Optional<PendingCode> pending = PendingCode.in(context.getAuthenticationSession());
        if (pending.isPresent()) {
            context.challenge(pending.get().expired() ? page.expired() : page.asking());
        } else {
            send(context, page);
        }
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        MailedCodePage page = page(context);
        if (refusedByLockout(context, page)) {
            return;
        }
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        if (form.containsKey(MailedCodePage.RESEND)) {
            resend(context, page);
            return;
        }
        String code = digits(form.getFirst(MailedCodePage.CODE));
        Optional<PendingCode> pending = PendingCode.in(context.getAuthenticationSession());
        if (pending.isEmpty() || pending.get().expired()) {
            event(context).error(Errors.EXPIRED_CODE);
            context.forceChallenge(page.expired());
        } else if (code.isEmpty()) {
            context.forceChallenge(page.empty());
        } else {
            judge(context, page, pending.get(), code);
        }
    }

    private void judge(AuthenticationFlowContext context, MailedCodePage page, PendingCode pending, String code) {
        UserModel user = context.getUser();
        AuthenticationSessionModel login = context.getAuthenticationSession();
        Quota tries = Quotas.tries(context);
        Optional<String> attempt = tries.claim(user);
        if (attempt.isEmpty()) {
            locked(context, page);
        } else if (CodeSeal.of(context.getSession()).matches(pending, code, login) && used(context, pending)) {
            PendingCode.forgetIn(login);
            tries.release(attempt.get());
            Quotas.sends(context).release(pending.sendSlot());
            event(context);
            context.success(CREDENTIAL_TYPE);
        } else {
            event(context).error(Errors.INVALID_USER_CREDENTIALS);
            // What counts for Keycloak's brute-force protection, see MailedCodeFactory.getReferenceCategory.
            context.failureChallenge(AuthenticationFlowError.INVALID_CREDENTIALS, page.wrong());
        }
    }

    /** Two requests that both bring the right code of one login: only one of them may use it. */
    private static boolean used(AuthenticationFlowContext context, PendingCode pending) {
        long life =
                MailedCodeConfig.of(context.getAuthenticatorConfig()).lifetime().toSeconds();
        return KeycloakModelUtils.runJobInTransactionWithResult(
                context.getSession().getKeycloakSessionFactory(),
                context.getSession().getContext(),
                own -> own.singleUseObjects().putIfAbsent(USED + pending.id(), life),
                "wise-sync use code");
    }

    private void resend(AuthenticationFlowContext context, MailedCodePage page) {
        long resendAfter = MailedCodeConfig.of(context.getAuthenticatorConfig())
                .resendAfter()
                .toSeconds();
        Optional<PendingCode> pending = PendingCode.in(context.getAuthenticationSession());
        if (pending.isPresent() && Time.currentTimeSeconds() - pending.get().sentAt() < resendAfter) {
            context.forceChallenge(page.tooSoon());
        } else {
            send(context, page);
        }
    }

    /** The old code goes first and the new one comes last: a login whose mail could not be sent has none. */
    private void send(AuthenticationFlowContext context, MailedCodePage page) {
        UserModel user = context.getUser();
        AuthenticationSessionModel login = context.getAuthenticationSession();
        if (Quotas.tries(context).exhausted(user)) {
            locked(context, page);
            return;
        }
        Quota sends = Quotas.sends(context);
        Optional<String> slot = sends.claim(user);
        if (slot.isEmpty()) {
            sent(context).error(Errors.EMAIL_SEND_FAILED);
            context.forceChallenge(page.tooManySends());
            return;
        }
        PendingCode.forgetIn(login);
        MailedCodeConfig config = MailedCodeConfig.of(context.getAuthenticatorConfig());
        String code = CodeSeal.newCode(config.digits());
        try {
            new CodeEmail(context).send(code, config.lifetime());
        } catch (EmailException e) {
            LOG.warnf(e, "The code for user '%s' could not be sent", user.getId());
            sends.release(slot.get());
            sent(context).detail(Details.REASON, "mail").error(Errors.EMAIL_SEND_FAILED);
            context.forceChallenge(page.unsent());
            return;
        }
        String id = KeycloakModelUtils.generateId();
        long now = Time.currentTimeSeconds();
        new PendingCode(
                        id,
                        CodeSeal.of(context.getSession()).seal(code, id, login),
                        now,
                        now + config.lifetime().toSeconds(),
                        slot.get())
                .keepIn(login);
        sent(context).success();
        context.challenge(page.asking());
    }

    private void locked(AuthenticationFlowContext context, MailedCodePage page) {
        PendingCode.forgetIn(context.getAuthenticationSession());
        event(context).detail(Details.REASON, "too_many_codes").error(Errors.USER_TEMPORARILY_DISABLED);
        context.forceChallenge(page.locked());
    }

    private boolean refusedByLockout(AuthenticationFlowContext context, MailedCodePage page) {
        UserModel user = context.getUser();
        String lockout = AuthenticatorUtils.getDisabledByBruteForceEventError(context, user);
        if (lockout != null) {
            event(context).error(lockout);
            context.forceChallenge(onlyForThisMoment(context) ? page.busy() : page.locked());
            return true;
        }
        if (!user.isEnabled()) {
            event(context).error(Errors.USER_DISABLED);
            context.forceChallenge(page.disabled());
            return true;
        }
        return false;
    }

    /**
     * Keycloak's protector also answers "locked" while another request is logging the same person in on this node, a second
     * press of the button too (DefaultBlockingBruteForceProtector, 26.7). Nobody guessed anything, and the code is still good.
     */
    private static boolean onlyForThisMoment(AuthenticationFlowContext context) {
        UserModel user = context.getUser();
        UserLoginFailureModel failures =
                context.getSession().loginFailures().getUserLoginFailure(context.getRealm(), user.getId());
        return user.isEnabled()
                && (failures == null || failures.getFailedLoginNotBefore() <= Time.currentTimeSeconds());
    }

    private static EventBuilder event(AuthenticationFlowContext context) {
        return context.getEvent().user(context.getUser()).detail(Details.CREDENTIAL_TYPE, CREDENTIAL_TYPE);
    }

    /** Keycloak has no event type for a mailed code; of those it has, this is the one that mail monitoring looks at. */
    private static EventBuilder sent(AuthenticationFlowContext context) {
        return context.getEvent()
                .clone()
                .event(EventType.SEND_VERIFY_EMAIL)
                .user(context.getUser())
                .detail(Details.CREDENTIAL_TYPE, CREDENTIAL_TYPE);
    }

    private static MailedCodePage page(AuthenticationFlowContext context) {
        return new MailedCodePage(context);
    }

    /** People paste a code with spaces around and in it. */
    private static String digits(String typed) {
        return typed == null ? "" : typed.replaceAll("\\s", "");
    }

    @Override
    public boolean requiresUser() {
        return true;
    }

    /** Everybody has an e-mail address; who has none is told so when the mail can't be sent. */
    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return true;
    }

    @Override
    public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {
        // Nothing to set up.
    }

    @Override
    public void close() {
        // Nothing to close.
    }
}
