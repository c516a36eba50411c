package com.wisesync.keycloak.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.resource.RolesResource;
import org.keycloak.representations.idm.RoleRepresentation;

/** The four roles and their current permissions in the realm. */
class RolesIT {

    private static final Testbed BED = Testbed.get();

    private final RolesResource realmRoles = BED.realm().roles();
    private final RolesResource permissions = rolesOf("wise-pay");
    private final String added = "added-" + UUID.randomUUID();

    @BeforeEach
    void addPermission() {
        permissions.create(new RoleRepresentation(added, null, false));
    }

    @AfterEach
    void removePermission() {
        permissions.deleteRole(added);
    }

    @Test
    void theFourRolesAreListedWithTheirPermissions() {
        Answer roles = BED.api(Person.ADA).get("/roles");

        assertThat(roles.status()).as(roles.text()).isEqualTo(200);
        assertThat(roles.json().findValuesAsText("name"))
                .containsExactly("account-admin", "user", "merchant-admin", "merchant-user");
        assertThat(permissionsOf("account-admin")).contains("wise-sync-app/disable-users", "wise-pay/use");
        assertThat(permissionsOf("user"))
                .contains("wise-sync-app/use")
                .allMatch(permission -> permission.startsWith("wise-sync-app/"));
        assertThat(permissionsOf("merchant-user")).doesNotContain("wise-pay/" + added);
    }

    @Test
    void aPermissionIsListedOnceTheRealmGrantsIt() {
        realmRoles
                .get("merchant-user")
                .addComposites(List.of(permissions.get(added).toRepresentation()));

        assertThat(permissionsOf("merchant-user")).contains("wise-pay/" + added);
        assertThat(permissionsOf("merchant-admin")).doesNotContain("wise-pay/" + added);
    }

    @Test
    void permissionsOfAContainedRoleAreListedAndRolesOfOtherClientsAreNot() {
        String name = "bundle-" + UUID.randomUUID();
        realmRoles.create(new RoleRepresentation(name, null, false));
        try {
            realmRoles
                    .get(name)
                    .addComposites(List.of(
                            permissions.get(added).toRepresentation(),
                            rolesOf("account").get("view-profile").toRepresentation()));
            realmRoles
                    .get("merchant-user")
                    .addComposites(List.of(realmRoles.get(name).toRepresentation()));

            assertThat(permissionsOf("merchant-user"))
                    .contains("wise-pay/" + added)
                    .doesNotContain("account/view-profile");
        } finally {
            realmRoles.deleteRole(name);
        }
    }

    private static RolesResource rolesOf(String client) {
        String id = BED.realm().clients().findByClientId(client).get(0).getId();
        return BED.realm().clients().get(id).roles();
    }

    private static List<String> permissionsOf(String role) {
        return StreamSupport.stream(BED.serviceApi().get("/roles").json().spliterator(), false)
                .filter(listed -> listed.path("name").asText().equals(role))
                .flatMap(listed ->
                        StreamSupport.stream(listed.path("permissions").spliterator(), false))
                .map(JsonNode::asText)
                .toList();
    }
}
