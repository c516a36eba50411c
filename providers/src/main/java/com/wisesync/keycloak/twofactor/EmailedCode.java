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
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Sends a code by email and asks for it. Keycloak calls {@link #authenticate} again when the page is reloaded, so a code is
 * only sent if the login has none.
 */
final class EmailedCode implements Authenticator {

    /** The credential type in events and in the list of credentials that a login used. */
    static final String CREDENTIAL_TYPE = "mailed-code";

    private static final Logger LOG = Logger.getLogger(EmailedCode.class);
    private static final String USED = "wise-sync.code.used.";

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        EmailedCodePage page = page(context);
        if (refusedByLockout(context, page)) {
            return;
        }
        Optional<PendingCode> pending = PendingCode.find(context.getAuthenticationSession());
        if (pending.isPresent()) {
            context.challenge(pending.get().isExpired() ? page.expired() : page.asking());
        } else {
            send(context, page);
        }
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        EmailedCodePage page = page(context);
        if (refusedByLockout(context, page)) {
            return;
        }
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        if (form.containsKey(EmailedCodePage.RESEND)) {
            resend(context, page);
            return;
        }
        String code = CodeInput.normalize(form.getFirst(EmailedCodePage.CODE));
        Optional<PendingCode> pending = PendingCode.find(context.getAuthenticationSession());
        if (pending.isEmpty() || pending.get().isExpired()) {
            event(context).error(Errors.EXPIRED_CODE);
            context.forceChallenge(page.expired());
        } else if (code.isEmpty()) {
            context.forceChallenge(page.empty());
        } else {
            verifyCode(context, page, pending.get(), code);
        }
    }

    private void verifyCode(AuthenticationFlowContext context, EmailedCodePage page, PendingCode pending, String code) {
        UserModel user = context.getUser();
        AuthenticationSessionModel login = context.getAuthenticationSession();
        Quota tries = Quotas.tries(context);
        Optional<String> attempt = tries.claim(user);
        if (attempt.isEmpty()) {
            locked(context, page);
        } else if (CodeSeal.forRealm(context.getSession()).matches(pending, code, login)
                && markUsed(context, pending)) {
            PendingCode.remove(login);
            tries.release(attempt.get());
            Quotas.sends(context).release(pending.sendSlot());
            event(context);
            context.success(CREDENTIAL_TYPE);
        } else {
            event(context).error(Errors.INVALID_USER_CREDENTIALS);
            // Counts for Keycloak's brute-force protection because of the factory's reference category.
            context.failureChallenge(AuthenticationFlowError.INVALID_CREDENTIALS, page.wrong());
        }
    }

    /** Accepts a code once, also if two requests of one login submit it at the same time. */
    private static boolean markUsed(AuthenticationFlowContext context, PendingCode pending) {
        long life = EmailedCodeConfig.of(context.getAuthenticatorConfig())
                .lifetime()
                .toSeconds();
        return KeycloakModelUtils.runJobInTransactionWithResult(
                context.getSession().getKeycloakSessionFactory(),
                context.getSession().getContext(),
                own -> own.singleUseObjects().putIfAbsent(USED + pending.id(), life),
                "wise-sync use code");
    }

    private void resend(AuthenticationFlowContext context, EmailedCodePage page) {
        long resendAfter = EmailedCodeConfig.of(context.getAuthenticatorConfig())
                .resendAfter()
                .toSeconds();
        Optional<PendingCode> pending = PendingCode.find(context.getAuthenticationSession());
        if (pending.isPresent() && Time.currentTimeSeconds() - pending.get().sentAt() < resendAfter) {
            context.forceChallenge(page.tooSoon());
        } else {
            send(context, page);
        }
    }

    /** Forgets the old code first and keeps the new one last: a login whose email could not be sent has no code. */
    private void send(AuthenticationFlowContext context, EmailedCodePage page) {
        UserModel user = context.getUser();
        AuthenticationSessionModel login = context.getAuthenticationSession();
        if (Quotas.tries(context).isExhausted(user)) {
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
        PendingCode.remove(login);
        EmailedCodeConfig config = EmailedCodeConfig.of(context.getAuthenticatorConfig());
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
                        CodeSeal.forRealm(context.getSession()).seal(code, id, login),
                        now,
                        now + config.lifetime().toSeconds(),
                        slot.get())
                .store(login);
        sent(context).success();
        context.challenge(page.asking());
    }

    private void locked(AuthenticationFlowContext context, EmailedCodePage page) {
        PendingCode.remove(context.getAuthenticationSession());
        event(context).detail(Details.REASON, "too_many_codes").error(Errors.USER_TEMPORARILY_DISABLED);
        context.forceChallenge(page.locked());
    }

    private boolean refusedByLockout(AuthenticationFlowContext context, EmailedCodePage page) {
        UserModel user = context.getUser();
        String lockout = AuthenticatorUtils.getDisabledByBruteForceEventError(context, user);
        if (lockout != null) {
            event(context).error(lockout);
            context.forceChallenge(isConcurrentLogin(context) ? page.busy() : page.locked());
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
     * Keycloak's protector also reports a lockout while another request logs the same user in on this node, for example a
     * double click (DefaultBlockingBruteForceProtector, 26.7). The code is still valid then.
     */
    private static boolean isConcurrentLogin(AuthenticationFlowContext context) {
        UserModel user = context.getUser();
        return user.isEnabled()
                && new Lockout(context.getSession()).lockedUntil(user).isEmpty();
    }

    private static EventBuilder event(AuthenticationFlowContext context) {
        return context.getEvent().user(context.getUser()).detail(Details.CREDENTIAL_TYPE, CREDENTIAL_TYPE);
    }

    /** Keycloak has no event type for an emailed code; this is the closest one. */
    private static EventBuilder sent(AuthenticationFlowContext context) {
        return context.getEvent()
                .clone()
                .event(EventType.SEND_VERIFY_EMAIL)
                .user(context.getUser())
                .detail(Details.CREDENTIAL_TYPE, CREDENTIAL_TYPE);
    }

    private static EmailedCodePage page(AuthenticationFlowContext context) {
        return new EmailedCodePage(context);
    }

    @Override
    public boolean requiresUser() {
        return true;
    }

    /** Available to every user. If a user has no email address, the page says that the code could not be sent. */
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
