package com.wisesync.keycloak.twofactor;

import com.wisesync.keycloak.Quota;
import java.time.Duration;
import org.keycloak.authentication.AuthenticationFlowContext;

/**
 * The two limits on codes: wrong tries and sent emails. Emailed codes, app codes and recovery codes share the tries, so that
 * switching between them gains no guess.
 */
final class Quotas {

    private Quotas() {}

    static Quota tries(AuthenticationFlowContext context) {
        EmailedCodeConfig config = EmailedCodeConfig.of(context.getAuthenticatorConfig());
        return new Quota(context.getSession(), "code-try", config.tries(), config.lifetime());
    }

    static Quota sends(AuthenticationFlowContext context) {
        EmailedCodeConfig config = EmailedCodeConfig.of(context.getAuthenticatorConfig());
        return new Quota(context.getSession(), "code-send", config.sendsPerHour(), Duration.ofHours(1));
    }
}
