package com.wisesync.keycloak.activity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.events.admin.OperationType;

class AdminEventKindsTest {

    @ParameterizedTest
    @CsvSource({
        "CREATE, '', ACCOUNT_CREATED",
        "UPDATE, '', ACCOUNT_CHANGED",
        "DELETE, companies/acme-au, COMPANY_DISCONNECTED",
        "CREATE, scim/tokens/1, SCIM_TOKEN_CREATED",
        "DELETE, scim/tokens/1, SCIM_TOKEN_REVOKED",
        "UPDATE, scim, SCIM_COMPANIES_CHANGED",
    })
    void anEventBelowAnAccountHasAKind(OperationType operation, String below, ActivityKind kind) {
        assertThat(AdminEventKinds.ofAccount(operation, below)).isEqualTo(kind);
    }
}
