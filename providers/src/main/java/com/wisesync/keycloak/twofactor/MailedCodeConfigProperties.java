package com.wisesync.keycloak.twofactor;

import java.util.List;
import org.keycloak.provider.ProviderConfigProperty;

/** What Keycloak's console shows for a code by e-mail; the texts are keys of messages. */
final class MailedCodeConfigProperties {

    private MailedCodeConfigProperties() {}

    static List<ProviderConfigProperty> list() {
        return List.of(
                number(MailedCodeConfig.DIGITS),
                number(MailedCodeConfig.LIFETIME),
                number(MailedCodeConfig.TRIES),
                number(MailedCodeConfig.RESEND_AFTER),
                number(MailedCodeConfig.SENDS_PER_HOUR));
    }

    /** What an app's code is limited by. */
    static List<ProviderConfigProperty> tries() {
        return List.of(number(MailedCodeConfig.LIFETIME), number(MailedCodeConfig.TRIES));
    }

    static ProviderConfigProperty number(MailedCodeConfig.Setting setting) {
        return new ProviderConfigProperty(
                setting.key(),
                "wiseSyncTwoFactor." + setting.key() + ".label",
                "wiseSyncTwoFactor." + setting.key() + ".tooltip",
                ProviderConfigProperty.INTEGER_TYPE,
                String.valueOf(setting.fallback()));
    }
}
