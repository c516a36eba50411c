package com.wisesync.keycloak.twofactor;

import java.time.Duration;
import org.keycloak.authentication.AuthenticationFlowContext;

/** The two limits on codes. Tries are shared by mailed codes and those of an app: changing over gains nobody a guess. */
final class Quotas {

    private Quotas() {}

    static Quota tries(AuthenticationFlowContext context) {
        MailedCodeConfig config = MailedCodeConfig.of(context.getAuthenticatorConfig());
        return new Quota(context.getSession(), "code-try", config.tries(), config.lifetime());
    }

    static Quota sends(AuthenticationFlowContext context) {
        MailedCodeConfig config = MailedCodeConfig.of(context.getAuthenticatorConfig());
        return new Quota(context.getSession(), "code-send", config.sendsPerHour(), Duration.ofHours(1));
    }
}
