package com.wisesync.keycloak.wisepay;

import java.util.List;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/** The options of {@code spi-events-listener--wise-sync--...}. */
public final class WisePayConfigProperties {

    static final String URL = "wise-pay-url";
    static final String API_KEY = "wise-pay-api-key";
    static final String WEBHOOK_SECRET = "wise-pay-webhook-secret";
    static final String COMPARE_EVERY = "wise-pay-compare-every";
    static final String PARALLEL = "wise-pay-parallel";

    static final String DEFAULT_API_KEY = "${vault.wise-pay-api-key}";
    static final String DEFAULT_WEBHOOK_SECRET = "${vault.wise-pay-webhook-secret}";
    static final String DEFAULT_COMPARE_EVERY = "5m";
    static final int DEFAULT_PARALLEL = 16;

    private WisePayConfigProperties() {}

    /** As Keycloak lists them in its server info. */
    public static List<ProviderConfigProperty> list() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(URL)
                .type(ProviderConfigProperty.STRING_TYPE)
                .helpText("Wise-Pay's address. Without it, entries wait in the outbox.")
                .add()
                .property()
                .name(API_KEY)
                .type(ProviderConfigProperty.STRING_TYPE)
                .defaultValue(DEFAULT_API_KEY)
                .helpText("The reference to Wise-Pay's API key in the vault.")
                .add()
                .property()
                .name(WEBHOOK_SECRET)
                .type(ProviderConfigProperty.STRING_TYPE)
                .defaultValue(DEFAULT_WEBHOOK_SECRET)
                .helpText(
                        "The reference to the secret in the vault that deactivations are signed with. During a rotation, two secrets"
                                + " separated by a space.")
                .add()
                .property()
                .name(COMPARE_EVERY)
                .type(ProviderConfigProperty.STRING_TYPE)
                .defaultValue(DEFAULT_COMPARE_EVERY)
                .helpText("How often one node reconciles Wise-Pay's active links with the users, such as 30s or 5m.")
                .add()
                .property()
                .name(PARALLEL)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(DEFAULT_PARALLEL)
                .helpText("How many deactivations a node delivers at the same time, each of another user.")
                .add()
                .build();
    }
}
