package com.wisesync.keycloak.twofactor;

import java.time.Duration;
import java.util.List;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.provider.ProviderConfigProperty;

/** How long "Not now" holds. */
record OfferConfig(Duration again) {

    private static final MailedCodeConfig.Setting AGAIN_AFTER_DAYS =
            new MailedCodeConfig.Setting("offer-again-after-days", 30, 1, 365);

    static OfferConfig of(AuthenticatorConfigModel model) {
        return new OfferConfig(Duration.ofDays(AGAIN_AFTER_DAYS.in(model)));
    }

    static List<ProviderConfigProperty> properties() {
        return List.of(MailedCodeConfigProperties.number(AGAIN_AFTER_DAYS));
    }
}
