package com.wisesync.keycloak.twofactor;

import jakarta.ws.rs.core.Response;
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

    Response tooManySends() {
        return render(form().setError("wiseSyncCodeTooManySends"), waiting());
    }

    Response unsent() {
        return render(form().setError("wiseSyncCodeUnsent"), false);
    }

    Response locked() {
        return render(form().setError("wiseSyncCodeLocked"), false);
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

    private Response render(LoginFormsProvider form, boolean asks) {
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
                        "resendIn", Math.max(0, config.resendAfter().toSeconds() - sentAgo)));
        return form.createForm(TEMPLATE);
    }

    private boolean waiting() {
        return pending().filter(code -> !code.isExpired()).isPresent();
    }

    private Optional<PendingCode> pending() {
        return PendingCode.find(context.getAuthenticationSession());
    }
}
