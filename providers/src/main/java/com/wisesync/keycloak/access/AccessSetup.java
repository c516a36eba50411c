package com.wisesync.keycloak.access;

import com.wisesync.keycloak.SetupCheck;
import com.wisesync.keycloak.SetupFinding;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.representations.idm.ClientPoliciesRepresentation;
import org.keycloak.representations.idm.ClientPolicyExecutorRepresentation;
import org.keycloak.representations.idm.ClientPolicyRepresentation;
import org.keycloak.representations.idm.ClientProfileRepresentation;
import org.keycloak.representations.idm.ClientProfilesRepresentation;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProvider;

/** Checks that access is enforced: the required action is enabled, and an enabled client policy runs the executors. */
public final class AccessSetup implements SetupCheck {

    private static final String OWN_EXECUTORS = "wise-sync";

    @Override
    public Stream<SetupFinding> findings(KeycloakSession session, RealmModel realm) {
        RequiredActionProviderModel action = realm.getRequiredActionProviderByAlias(ApplicationAccessActionFactory.ID);
        return Stream.of(
                SetupFinding.require(
                        action != null && action.isEnabled(), "access-action", ApplicationAccessActionFactory.ID),
                policies(session, realm));
    }

    private static SetupFinding policies(KeycloakSession session, RealmModel realm) {
        Set<String> executors = session.getKeycloakSessionFactory()
                .getProviderFactoriesStream(ClientPolicyExecutorProvider.class)
                .map(factory -> factory.getId())
                .filter(id -> id.startsWith(OWN_EXECUTORS))
                .collect(Collectors.toSet());
        try {
            ClientPoliciesRepresentation policies = session.clientPolicy().getClientPolicies(realm, false);
            ClientProfilesRepresentation profiles = session.clientPolicy().getClientProfiles(realm, false);
            Set<String> enabled = orEmpty(policies.getPolicies()).stream()
                    .filter(policy -> Boolean.TRUE.equals(policy.isEnabled()))
                    .map(ClientPolicyRepresentation::getProfiles)
                    .filter(Objects::nonNull)
                    .flatMap(List::stream)
                    .collect(Collectors.toSet());
            Set<String> running = orEmpty(profiles.getProfiles()).stream()
                    .filter(profile -> enabled.contains(profile.getName()))
                    .map(ClientProfileRepresentation::getExecutors)
                    .filter(Objects::nonNull)
                    .flatMap(List::stream)
                    .map(ClientPolicyExecutorRepresentation::getExecutorProviderId)
                    .collect(Collectors.toSet());
            String missing = executors.stream()
                    .filter(executor -> !running.contains(executor))
                    .sorted()
                    .collect(Collectors.joining(", "));
            return SetupFinding.require(missing.isEmpty(), "client-policies", missing);
        } catch (ClientPolicyException e) {
            return SetupFinding.error("client-policies", "unreadable", String.valueOf(e.getMessage()));
        }
    }

    private static <T> List<T> orEmpty(List<T> list) {
        return list == null ? List.of() : list;
    }
}
