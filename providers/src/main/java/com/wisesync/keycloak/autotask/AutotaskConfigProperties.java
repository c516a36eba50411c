package com.wisesync.keycloak.autotask;

import java.util.List;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/** Describes the options for {@code kc.sh show-config} and the documentation. */
final class AutotaskConfigProperties {

    private AutotaskConfigProperties() {}

    static List<ProviderConfigProperty> all() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(AutotaskConfig.KEYS)
                .type(ProviderConfigProperty.STRING_TYPE)
                .helpText(
                        "Vault entries with the keys for Autotask passwords (32 random bytes, Base64), newest first, separated"
                                + " by commas. The first encrypts; the others still decrypt.")
                .defaultValue(AutotaskConfig.DEFAULT_KEYS)
                .add()
                .property()
                .name(AutotaskConfig.READS_PER_MINUTE)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .helpText("How many Autotask passwords one service may read in a minute.")
                .defaultValue(AutotaskConfig.DEFAULT_READS_PER_MINUTE)
                .add()
                .property()
                .name(AutotaskConfig.COUNT_SECONDS)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .helpText("Interval, in seconds, at which the passwords encrypted with each key are counted.")
                .defaultValue(AutotaskConfig.DEFAULT_COUNT_SECONDS)
                .add()
                .build();
    }
}
