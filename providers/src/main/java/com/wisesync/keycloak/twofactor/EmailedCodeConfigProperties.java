package com.wisesync.keycloak.twofactor;

import java.util.List;
import org.keycloak.provider.ProviderConfigProperty;

/** The settings of emailed codes in Keycloak's console; labels and help texts are message keys. */
final class EmailedCodeConfigProperties {

    private EmailedCodeConfigProperties() {}

    static List<ProviderConfigProperty> list() {
        return List.of(
                number(EmailedCodeConfig.DIGITS),
                number(EmailedCodeConfig.LIFETIME),
                number(EmailedCodeConfig.TRIES),
                number(EmailedCodeConfig.RESEND_AFTER),
                number(EmailedCodeConfig.SENDS_PER_HOUR));
    }

    /** The settings that limit the tries of app codes and recovery codes. */
    static List<ProviderConfigProperty> tries() {
        return List.of(number(EmailedCodeConfig.LIFETIME), number(EmailedCodeConfig.TRIES));
    }

    static ProviderConfigProperty number(EmailedCodeConfig.Setting setting) {
        return new ProviderConfigProperty(
                setting.key(),
                "wiseSyncTwoFactor." + setting.key() + ".label",
                "wiseSyncTwoFactor." + setting.key() + ".tooltip",
                ProviderConfigProperty.INTEGER_TYPE,
                String.valueOf(setting.fallback()));
    }
}
