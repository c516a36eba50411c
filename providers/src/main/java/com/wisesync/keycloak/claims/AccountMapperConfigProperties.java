package com.wisesync.keycloak.claims;

import java.util.ArrayList;
import java.util.List;
import org.keycloak.protocol.oidc.mappers.OIDCAttributeMapperHelper;
import org.keycloak.provider.ProviderConfigProperty;

/** The mapper's options as the console shows them. */
final class AccountMapperConfigProperties {

    private AccountMapperConfigProperties() {}

    static List<ProviderConfigProperty> all() {
        List<ProviderConfigProperty> properties = new ArrayList<>();
        properties.add(new ProviderConfigProperty(
                AccountMapperConfig.MAX_COMPANIES_IN_TOKENS,
                "wiseSyncMaxCompaniesInTokens.label",
                "wiseSyncMaxCompaniesInTokens.tooltip",
                ProviderConfigProperty.STRING_TYPE,
                String.valueOf(AccountMapperConfig.DEFAULT_MAX_COMPANIES_IN_TOKENS)));
        OIDCAttributeMapperHelper.addIncludeInTokensConfig(properties, AccountMapper.class);
        return List.copyOf(properties);
    }
}
