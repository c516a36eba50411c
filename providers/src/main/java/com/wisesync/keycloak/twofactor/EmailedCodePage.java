package com.wisesync.keycloak.twofactor;

import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.common.util.Time;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.utils.FormMessage;

/** The page that asks for the emailed code, in each of its states. */
final class EmailedCodePage {

    static final String CODE = "code";
    static final String RESEND = "resend";

    private static final String TEMPLATE = "wise-sync-code.ftl";

    private final AuthenticationFlowContext context;
    private final EmailedCodeConfig config;

    EmailedCodePage(AuthenticationFlowContext context) {
        this.context = context;
        this.config = EmailedCodeConfig.of(context.getAuthenticatorConfig());
    }

    Response asking() {
        return render(form(), true);
    }

    Response empty() {
        return render(onField("wiseSyncCodeMissing"), true);
    }

    Response wrong() {
        return render(onField("wiseSyncCodeWrong"), true);
    }

    Response tooSoon() {
        return render(
                form().setError("wiseSyncCodeTooSoon", config.resendAfter().toSeconds()), true);
    }

    Response expired() {
        return render(form().setError("wiseSyncCodeExpired"), false);
    }

    Response tooManySends(Optional<Instant> freeAt) {
        return render(form().setError("wiseSyncCodeTooManySends", minutesUntil(freeAt)), waiting(), freeAt);
    }

    Response unsent() {
        return render(form().setError("wiseSyncCodeUnsent"), false);
    }

    Response locked(Optional<Instant> until) {
        return render(form().setError("wiseSyncCodeLocked", minutesUntil(until)), false, until);
    }

    Response busy() {
        return render(form().setError("wiseSyncCodeBusy"), waiting());
    }

    Response disabled() {
        return render(form().setError("accountDisabledMessage"), false);
    }

    private LoginFormsProvider form() {
        return context.form().setExecution(context.getExecution().getId());
    }

    private LoginFormsProvider onField(String message) {
        return form().addError(new FormMessage(CODE, message));
    }

    /** Rounded up, and at least 1. */
    static long minutesUntil(Optional<Instant> time) {
        long seconds = time.map(Instant::getEpochSecond).orElse(0L) - Time.currentTimeSeconds();
        return Math.max(1, (seconds + 59) / 60);
    }

    private Response render(LoginFormsProvider form, boolean asks) {
        return render(form, asks, Optional.empty());
    }

    /** While the user has to wait, the page says until when and offers no new code. */
    private Response render(LoginFormsProvider form, boolean asks, Optional<Instant> waitUntil) {
        Optional<PendingCode> pending = pending();
        long sentAgo =
                pending.map(code -> Time.currentTimeSeconds() - code.sentAt()).orElse(Long.MAX_VALUE);
        form.setAttribute(
                "mailedCode",
                Map.of(
                        "asks", asks,
                        "address", MaskedAddress.of(context.getUser().getEmail()),
                        "digits", config.digits(),
                        "secondsLeft", pending.map(PendingCode::secondsLeft).orElse(0L),
                        "resendIn", Math.max(0, config.resendAfter().toSeconds() - sentAgo),
                        "waitUntil", waitUntil.map(Instant::toEpochMilli).orElse(0L)));
        return form.createForm(TEMPLATE);
    }

    private boolean waiting() {
        return pending().filter(code -> !code.isExpired()).isPresent();
    }

    private Optional<PendingCode> pending() {
        return PendingCode.find(context.getAuthenticationSession());
    }
}
