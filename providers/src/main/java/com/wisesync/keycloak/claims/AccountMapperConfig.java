package com.wisesync.keycloak.claims;

import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.protocol.ProtocolMapperConfigException;

/** Reads the mapper's configuration. */
final class AccountMapperConfig {

    static final String MAX_COMPANIES_IN_TOKENS = "max.companies.in.tokens";
    static final int DEFAULT_MAX_COMPANIES_IN_TOKENS = 50;

    private final ProtocolMapperModel model;

    AccountMapperConfig(ProtocolMapperModel model) {
        this.model = model;
    }

    /** The default if the value is invalid, which is possible after an import only. */
    int maxCompaniesInTokens() {
        String value = model.getConfig() == null ? null : model.getConfig().get(MAX_COMPANIES_IN_TOKENS);
        return isCount(value) ? Integer.parseInt(value) : DEFAULT_MAX_COMPANIES_IN_TOKENS;
    }

    /** @throws ProtocolMapperConfigException if the value is invalid, with a message key of the console */
    void validate() throws ProtocolMapperConfigException {
        String value = model.getConfig().get(MAX_COMPANIES_IN_TOKENS);
        if (value != null && !value.isBlank() && !isCount(value)) {
            throw new ProtocolMapperConfigException(
                    "The number of companies in tokens is 0 or more", "wiseSyncMaxCompaniesInTokensError");
        }
    }

    private static boolean isCount(String value) {
        return value != null && value.matches("\\d{1,6}");
    }
}
