package com.wisesync.keycloak.wisepay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeactivationReasonTest {

    @ParameterizedTest
    @CsvSource({
        "/admin/realms/wise-sync/users/1,ADMIN",
        "/admin/realms/wise-sync/wise-sync/accounts/1/users/2/disable,ADMIN",
        "/auth/admin/realms/wise-sync/users/1,ADMIN",
        "/realms/wise-sync/scim/v2/Users/1,SCIM",
        "/admin/realms/wise-sync/partialImport,IMPORT",
        "/admin/realms/wise-sync/organizations/1/members/2,ACCOUNT",
        "/realms/wise-sync/an-extension,UNKNOWN",
        "/realms/scim/account,UNKNOWN",
    })
    void dependsOnThePathOfTheCall(String path, DeactivationReason reason) {
        assertThat(DeactivationReason.ofPath(path)).isEqualTo(reason);
    }
}
