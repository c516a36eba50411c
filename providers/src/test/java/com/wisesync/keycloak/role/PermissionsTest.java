package com.wisesync.keycloak.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RoleModel;

/** The permissions that a role grants. */
class PermissionsTest {

    private final ClientModel application = client("shop");
    private final ClientModel other = client("account");

    @Test
    void theRolesOfApplicationsAreListedInOrder() {
        RoleModel use = mock();
        when(application.getRole(Applications.USE)).thenReturn(use);

        RoleModel role = composite(
                permission(application, "sell"), permission(other, "view-profile"), permission(application, "buy"));

        assertThat(Permissions.grantedBy(role)).containsExactly("shop/buy", "shop/sell");
    }

    @Test
    void aPermissionGrantedTwiceIsListedOnce() {
        RoleModel use = mock();
        when(application.getRole(Applications.USE)).thenReturn(use);
        RoleModel buy = permission(application, "buy");

        assertThat(Permissions.grantedBy(composite(composite(buy), buy))).containsExactly("shop/buy");
    }

    @Test
    void aRoleWithoutCompositesGrantsNoPermissions() {
        assertThat(Permissions.grantedBy(mock())).isEmpty();
    }

    private static ClientModel client(String clientId) {
        ClientModel client = mock();
        when(client.getClientId()).thenReturn(clientId);
        return client;
    }

    private static RoleModel permission(ClientModel client, String name) {
        RoleModel role = mock();
        when(role.getName()).thenReturn(name);
        when(role.isClientRole()).thenReturn(true);
        when(role.getContainer()).thenReturn(client);
        return role;
    }

    private static RoleModel composite(RoleModel... contained) {
        RoleModel role = mock();
        when(role.isComposite()).thenReturn(true);
        when(role.getCompositesStream()).thenAnswer(call -> Stream.of(contained));
        return role;
    }
}
