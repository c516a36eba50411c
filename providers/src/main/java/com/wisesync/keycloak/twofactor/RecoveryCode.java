package com.wisesync.keycloak.twofactor;

import com.wisesync.keycloak.Quota;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.FlowStatus;
import org.keycloak.authentication.authenticators.browser.RecoveryAuthnCodesFormAuthenticator;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.credential.RecoveryAuthnCodesCredentialModel;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.models.utils.RecoveryAuthnCodesUtils;

/** Keycloak's form for a recovery code, with the same limit on tries as for other codes, see {@link AppCode}. */
final class RecoveryCode extends RecoveryAuthnCodesFormAuthenticator {

    private static final String CODE = RecoveryAuthnCodesUtils.FIELD_RECOVERY_CODE_IN_BROWSER_FLOW;

    RecoveryCode(KeycloakSession session) {
        super(session);
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        CodeInput.normalize(form, CODE);
        if (form.getFirst(CODE) == null || form.getFirst(CODE).isEmpty()) {
            super.action(context);
            return;
        }
        Quota tries = Quotas.tries(context);
        Optional<String> attempt = tries.claim(context.getUser());
        if (attempt.isEmpty()) {
            locked(context, tries);
            return;
        }
        super.action(context);
        if (context.getStatus() == FlowStatus.SUCCESS) {
            tries.release(attempt.get());
        } else if (context.getStatus() == FlowStatus.FAILURE_CHALLENGE) {
            new Lockout(context.getSession()).recoveryCodeFailed(context.getUser());
        }
    }

    private static void locked(AuthenticationFlowContext context, Quota tries) {
        context.getEvent()
                .user(context.getUser())
                .detail(Details.CREDENTIAL_TYPE, RecoveryAuthnCodesCredentialModel.TYPE)
                .detail(Details.REASON, "too_many_codes")
                .error(Errors.USER_TEMPORARILY_DISABLED);
        long minutes = EmailedCodePage.minutesUntil(tries.freeAt(context.getUser()));
        context.forceChallenge(context.form()
                .setExecution(context.getExecution().getId())
                .addError(new FormMessage(CODE, "wiseSyncCodeLocked", minutes))
                .createLoginRecoveryAuthnCode());
    }
}
