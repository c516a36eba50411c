package com.wisesync.keycloak.activity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
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

    @ParameterizedTest
    @CsvSource({
        "true, false, DISABLED",
        "false, true, ENABLED",
        "true, true, CHANGED",
        "false, false, CHANGED",
    })
    void aChangeThatEnablesOrDisablesAUserHasThatKind(boolean before, boolean after, ActivityKind kind) {
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        details.putObject("before").put("enabled", before).put("lastName", "Upton");
        details.putObject("after").put("enabled", after).put("lastName", "Underwood");

        assertThat(AdminEventKinds.ofUser(OperationType.UPDATE, "", details)).isEqualTo(kind);
    }

    @Test
    void anUpdateWithoutDetailsIsAChange() {
        assertThat(AdminEventKinds.ofUser(OperationType.UPDATE, "", MissingNode.getInstance()))
                .isEqualTo(ActivityKind.CHANGED);
    }
}
