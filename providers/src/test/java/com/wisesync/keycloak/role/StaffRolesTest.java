package com.wisesync.keycloak.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;

/** Which roles give rights, and are therefore not granted by a login. */
class StaffRolesTest {

    private final RealmModel realm = mock();
    private final ClientModel client = mock();
    private final RoleModel permission = mock();

    @BeforeEach
    void isOfTheClient() {
        when(client.getId()).thenReturn("client-id");
        when(permission.isClientRole()).thenReturn(true);
        when(permission.getContainerId()).thenReturn("client-id");
        when(permission.getContainer()).thenReturn(client);
    }

    @Test
    void aRoleOfAnotherClientGrantsNoRights() {
        assertThat(StaffRoles.grantsRights(realm, permission)).isFalse();
    }

    @Test
    void aRoleOfTheServiceClientGrantsRights() {
        when(realm.getClientByClientId(StaffRoles.SERVICE_CLIENT)).thenReturn(client);

        assertThat(StaffRoles.grantsRights(realm, permission)).isTrue();
    }

    @Test
    void aPermissionOfAClientWithTheRoleUseGrantsRights() {
        RoleModel use = mock();
        when(client.getRole(Applications.USE)).thenReturn(use);

        assertThat(StaffRoles.grantsRights(realm, permission)).isTrue();
    }

    @Test
    void aPermissionOfAClientWithTheClientScopeGrantsRights() {
        ClientScopeModel scope = mock();
        when(client.getClientScopes(false)).thenReturn(Map.of(Applications.SCOPE, scope));

        assertThat(StaffRoles.grantsRights(realm, permission)).isTrue();
    }

    @Test
    void aRoleThatContainsAPermissionGrantsRights() {
        RoleModel use = mock();
        when(client.getRole(Applications.USE)).thenReturn(use);
        RoleModel composite = mock();
        when(composite.getName()).thenReturn("composite");
        when(composite.isComposite()).thenReturn(true);
        when(composite.getCompositesStream()).thenAnswer(call -> Stream.of(permission));

        assertThat(StaffRoles.grantsRights(realm, composite)).isTrue();
    }
}
