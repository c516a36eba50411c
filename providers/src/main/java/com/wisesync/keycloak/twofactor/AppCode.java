package com.wisesync.keycloak.twofactor;

import com.wisesync.keycloak.Quota;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.FlowStatus;
import org.keycloak.authentication.authenticators.browser.OTPFormAuthenticator;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.services.validation.Validation;

/**
 * Keycloak's form for the code of an authenticator app, with a limit on tries and help for a lost device. A try is claimed
 * before the code is verified: Keycloak's brute-force protection counts asynchronously and does not limit concurrent guesses
 * (DefaultBruteForceProtector.processLogin, 26.7).
 */
final class AppCode extends OTPFormAuthenticator {

    private static final String CODE = "otp";

    @Override
    public void action(AuthenticationFlowContext context) {
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        if (form.containsKey(LostDevice.FIELD)) {
            LostDevice.describe(context);
            context.forceChallenge(challenge(context, null));
            return;
        }
        CodeInput.normalize(form, CODE);
        if (form.getFirst(CODE) == null || form.getFirst(CODE).isEmpty()) {
            super.action(context);
            return;
        }
        Quota tries = Quotas.tries(context);
        Optional<String> attempt = tries.claim(context.getUser());
        if (attempt.isEmpty()) {
            locked(context);
            return;
        }
        super.action(context);
        if (context.getStatus() == FlowStatus.SUCCESS) {
            tries.release(attempt.get());
        }
    }

    private void locked(AuthenticationFlowContext context) {
        context.getEvent()
                .user(context.getUser())
                .detail(Details.CREDENTIAL_TYPE, OTPCredentialModel.TYPE)
                .detail(Details.REASON, "too_many_codes")
                .error(Errors.USER_TEMPORARILY_DISABLED);
        context.forceChallenge(lockedPage(context));
    }

    private Response lockedPage(AuthenticationFlowContext context) {
        long minutes = EmailedCodePage.minutesUntil(Quotas.tries(context).freeAt(context.getUser()));
        return createLoginForm(context.form()
                .setExecution(context.getExecution().getId())
                .addError(new FormMessage(Validation.FIELD_OTP_CODE, "wiseSyncCodeLocked", minutes)));
    }
}
