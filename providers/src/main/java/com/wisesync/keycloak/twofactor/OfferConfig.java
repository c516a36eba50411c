package com.wisesync.keycloak.twofactor;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.provider.ProviderConfigProperty;

/** How long "Not now" holds. */
record OfferConfig(Duration again) {

    private static final MailedCodeConfig.Setting AGAIN_AFTER_DAYS =
            new MailedCodeConfig.Setting("offer-again-after-days", 30, 1, 365);

    static OfferConfig of(AuthenticatorConfigModel model) {
        Map<String, String> config = model == null || model.getConfig() == null ? Map.of() : model.getConfig();
        return new OfferConfig(Duration.ofDays(AGAIN_AFTER_DAYS.in(config)));
    }

    static List<ProviderConfigProperty> properties() {
        return List.of(MailedCodeConfigProperties.number(AGAIN_AFTER_DAYS));
    }
}
