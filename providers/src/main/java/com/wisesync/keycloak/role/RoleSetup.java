package com.wisesync.keycloak.role;

import com.wisesync.keycloak.SetupCheck;
import com.wisesync.keycloak.SetupFinding;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.GroupModel;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderQuery;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;

/**
 * Checks that the roles exist, and that users get them only directly. A role from a group, a composite role, the default
 * roles or an identity provider is granted past the rules of the admin API.
 */
public final class RoleSetup implements SetupCheck {

    @Override
    public Stream<SetupFinding> findings(KeycloakSession session, RealmModel realm) {
        List<RoleModel> roles = Stream.concat(
                        Arrays.stream(Role.values())
                                .map(role -> role.find(realm).orElse(null)),
                        Stream.of(StaffRoles.support(realm).orElse(null)))
                .filter(Objects::nonNull)
                .toList();
        Set<String> names = roles.stream().map(RoleModel::getName).collect(Collectors.toSet());
        return Stream.of(
                SetupFinding.require(roles.size() == Role.values().length + 1, "roles"),
                defaultRoles(realm, roles),
                sources(session, realm, roles),
                identityProviders(session, names),
                trustedEmails(session));
    }

    private static SetupFinding defaultRoles(RealmModel realm, List<RoleModel> roles) {
        RoleModel defaults = realm.getDefaultRole();
        List<String> granted =
                roles.stream().filter(defaults::hasRole).map(RoleModel::getName).toList();
        return granted.isEmpty()
                ? SetupFinding.ok("default-roles")
                : SetupFinding.error("default-roles", "wrong", String.join(", ", granted));
    }

    private static SetupFinding sources(KeycloakSession session, RealmModel realm, List<RoleModel> roles) {
        Stream<String> groups = roles.stream()
                .flatMap(role -> session.groups().getGroupsByRoleStream(realm, role, 0, 5))
                .map(GroupModel::getName);
        Stream<String> composites = realm.getRolesStream()
                .filter(RoleModel::isComposite)
                .filter(composite -> !composite.equals(realm.getDefaultRole()))
                .filter(composite ->
                        roles.stream().anyMatch(role -> !role.equals(composite) && composite.hasRole(role)))
                .map(RoleModel::getName);
        List<String> names =
                Stream.concat(groups, composites).distinct().sorted().limit(10).toList();
        return names.isEmpty()
                ? SetupFinding.ok("role-sources")
                : SetupFinding.warning("role-sources", "wrong", String.join(", ", names));
    }

    private static SetupFinding identityProviders(KeycloakSession session, Set<String> roles) {
        List<String> granting = session.identityProviders()
                .getMappersStream()
                .filter(mapper -> mapper.getConfig() != null
                        && roles.contains(mapper.getConfig().getOrDefault("role", "")))
                .map(IdentityProviderMapperModel::getIdentityProviderAlias)
                .distinct()
                .sorted()
                .toList();
        return granting.isEmpty()
                ? SetupFinding.ok("identity-provider-roles")
                : SetupFinding.warning("identity-provider-roles", "wrong", String.join(", ", granting));
    }

    /** With a trusted email, the operator of the provider can take over existing users (CVE-2026-14781 is one such way). */
    private static SetupFinding trustedEmails(KeycloakSession session) {
        List<String> trusting = session.identityProviders()
                .getAllStream(IdentityProviderQuery.userAuthentication())
                .filter(IdentityProviderModel::isEnabled)
                .filter(IdentityProviderModel::isTrustEmail)
                .map(IdentityProviderModel::getAlias)
                .sorted()
                .toList();
        return trusting.isEmpty()
                ? SetupFinding.ok("identity-provider-email")
                : SetupFinding.warning("identity-provider-email", "trusted", String.join(", ", trusting));
    }
}
