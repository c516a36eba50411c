package com.wisesync.keycloak.twofactor;

import com.wisesync.keycloak.Quota;
import com.wisesync.keycloak.mail.CodeEmail;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
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
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Sends a code by email and asks for it. Keycloak calls {@link #authenticate} again when the page is reloaded, so a code is
 * only sent if the login has none. The email is sent after the transaction, see {@link CodeDelivery}: the step answers with a
 * redirect to itself and then shows the outcome.
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
            show(context, page, pending.get());
        } else if (isPassive(context)) {
            context.challenge(page.asking());
        } else {
            send(context, page);
        }
    }

    /** {@code prompt=none} shows no page (AuthenticationProcessor, 26.7), so a code would be useless. */
    private static boolean isPassive(AuthenticationFlowContext context) {
        String prompt = context.getAuthenticationSession().getClientNote(OIDCLoginProtocol.PROMPT_PARAM);
        return prompt != null && prompt.contains(OIDCLoginProtocol.PROMPT_VALUE_NONE);
    }

    private void show(AuthenticationFlowContext context, EmailedCodePage page, PendingCode pending) {
        Optional<Boolean> outcome = new CodeDelivery(context.getSession()).takeOutcome(pending.id());
        if (outcome.isPresent() && !outcome.get()) {
            unsent(context, page);
            return;
        }
        outcome.ifPresent(sent -> sent(context).success());
        context.challenge(pending.isExpired() ? page.expired() : page.asking());
    }

    private void unsent(AuthenticationFlowContext context, EmailedCodePage page) {
        PendingCode.remove(context.getAuthenticationSession());
        sent(context).detail(Details.REASON, "mail").error(Errors.EMAIL_SEND_FAILED);
        context.forceChallenge(page.unsent());
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
            verifyEmail(user, pending);
            event(context);
            context.success(CREDENTIAL_TYPE);
        } else {
            event(context).error(Errors.INVALID_USER_CREDENTIALS);
            // Counts for Keycloak's brute-force protection because of the factory's reference category.
            context.failureChallenge(AuthenticationFlowError.INVALID_CREDENTIALS, page.wrong());
        }
    }

    /** A correct code proves the mailbox, if it is still the user's. */
    private static void verifyEmail(UserModel user, PendingCode pending) {
        if (!user.isEmailVerified()
                && pending.address() != null
                && pending.address().equals(user.getEmail())) {
            user.setEmailVerified(true);
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

    private void send(AuthenticationFlowContext context, EmailedCodePage page) {
        UserModel user = context.getUser();
        Optional<Instant> locked = Quotas.tries(context).freeAt(user);
        if (locked.isPresent()) {
            locked(context, page);
            return;
        }
        Quota sends = Quotas.sends(context);
        Optional<String> slot = sends.claim(user);
        if (slot.isEmpty()) {
            sent(context).error(Errors.EMAIL_SEND_FAILED);
            context.forceChallenge(page.tooManySends(sends.freeAt(user)));
            return;
        }
        CodeDelivery delivery = new CodeDelivery(context.getSession());
        if (!delivery.tryReserve()) {
            sends.release(slot.get());
            sent(context).detail(Details.REASON, "mail_busy").error(Errors.EMAIL_SEND_FAILED);
            context.forceChallenge(page.unsent());
            return;
        }
        enlist(context, page, delivery, slot.get());
    }

    /** Replaces the pending code and enlists the email. If it cannot be rendered, the login has no code. */
    private void enlist(AuthenticationFlowContext context, EmailedCodePage page, CodeDelivery delivery, String slot) {
        AuthenticationSessionModel login = context.getAuthenticationSession();
        EmailedCodeConfig config = EmailedCodeConfig.of(context.getAuthenticatorConfig());
        Quota sends = Quotas.sends(context);
        String code = CodeSeal.newCode(config.digits());
        PendingCode.remove(login);
        CodeEmail.Prepared email;
        try {
            email = new CodeEmail(context).prepare(code, config.lifetime());
        } catch (EmailException e) {
            LOG.warnf(
                    e,
                    "The code for user '%s' could not be sent",
                    context.getUser().getId());
            delivery.cancel();
            sends.release(slot);
            unsent(context, page);
            return;
        }
        String id = KeycloakModelUtils.generateId();
        long now = Time.currentTimeSeconds();
        long lifetime = config.lifetime().toSeconds();
        String seal = CodeSeal.forRealm(context.getSession()).seal(code, id, login);
        new PendingCode(id, seal, now, now + lifetime, slot, context.getUser().getEmail()).store(login);
        delivery.sendAfterCommit(id, email, lifetime, () -> sends.release(slot));
        context.forceChallenge(Response.seeOther(context.getRefreshUrl(false)).build());
    }

    private void locked(AuthenticationFlowContext context, EmailedCodePage page) {
        PendingCode.remove(context.getAuthenticationSession());
        event(context).detail(Details.REASON, "too_many_codes").error(Errors.USER_TEMPORARILY_DISABLED);
        context.forceChallenge(page.locked(Quotas.tries(context).freeAt(context.getUser())));
    }

    private boolean refusedByLockout(AuthenticationFlowContext context, EmailedCodePage page) {
        UserModel user = context.getUser();
        String lockout = AuthenticatorUtils.getDisabledByBruteForceEventError(context, user);
        if (lockout != null) {
            Optional<Instant> until = new Lockout(context.getSession()).lockedUntil(user);
            event(context).error(lockout);
            context.forceChallenge(user.isEnabled() && until.isEmpty() ? page.busy() : page.locked(until));
            return true;
        }
        if (!user.isEnabled()) {
            event(context).error(Errors.USER_DISABLED);
            context.forceChallenge(page.disabled());
            return true;
        }
        return false;
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
