package com.wisesync.keycloak.twofactor;

import java.time.Duration;
import java.util.List;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.provider.ProviderConfigProperty;

/** How long after "Not now" the offer is not shown. */
record SetupOfferConfig(Duration again) {

    private static final EmailedCodeConfig.Setting AGAIN_AFTER_DAYS =
            new EmailedCodeConfig.Setting("offer-again-after-days", 30, 1, 365);

    static SetupOfferConfig of(AuthenticatorConfigModel model) {
        return new SetupOfferConfig(Duration.ofDays(AGAIN_AFTER_DAYS.read(model)));
    }

    static List<ProviderConfigProperty> properties() {
        return List.of(EmailedCodeConfigProperties.number(AGAIN_AFTER_DAYS));
    }
}
