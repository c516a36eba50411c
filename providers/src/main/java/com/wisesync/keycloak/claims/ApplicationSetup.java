package com.wisesync.keycloak.claims;

import com.wisesync.keycloak.SetupCheck;
import com.wisesync.keycloak.SetupFinding;
import com.wisesync.keycloak.role.Applications;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.authorization.AuthorizationProvider;
import org.keycloak.authorization.store.ResourceServerStore;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperContainerModel;
import org.keycloak.models.RealmModel;

/** Checks the clients of applications, which are those with the client role {@value Applications#USE}. */
public final class ApplicationSetup implements SetupCheck {

    private static final String AUTHORIZATION = "application-authorization";

    @Override
    public Stream<SetupFinding> findings(KeycloakSession session, RealmModel realm) {
        List<ClientModel> applications = realm.getClientsStream()
                .filter(client -> client.isEnabled() && client.getRole(Applications.USE) != null)
                .toList();
        return Stream.of(
                SetupFinding.require(!applications.isEmpty(), "applications"),
                without(applications, ApplicationSetup::hasAccountMapper, "claims"),
                without(applications, client -> !client.isFullScopeAllowed(), "full-scope"),
                without(applications, ApplicationSetup::hasOwnAddress, "application-addresses"),
                authorizationServices(session, applications));
    }

    private static SetupFinding without(List<ClientModel> applications, Predicate<ClientModel> correct, String key) {
        String wrong = names(applications, correct.negate());
        return SetupFinding.require(wrong.isEmpty(), key, wrong);
    }

    /**
     * Tokens of the UMA grant are issued without an event of client policies (PermissionGrantType, 26.7), so that the user's
     * access is not checked.
     */
    private static SetupFinding authorizationServices(KeycloakSession session, List<ClientModel> applications) {
        AuthorizationProvider authorization = session.getProvider(AuthorizationProvider.class);
        if (authorization == null) {
            return SetupFinding.ok(AUTHORIZATION);
        }
        ResourceServerStore enabled = authorization.getStoreFactory().getResourceServerStore();
        String clients = names(applications, client -> enabled.findByClient(client) != null);
        return clients.isEmpty()
                ? SetupFinding.ok(AUTHORIZATION)
                : SetupFinding.warning(AUTHORIZATION, "enabled", clients);
    }

    private static String names(List<ClientModel> clients, Predicate<ClientModel> condition) {
        return clients.stream()
                .filter(condition)
                .map(ClientModel::getClientId)
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static boolean hasAccountMapper(ClientModel client) {
        Stream<ProtocolMapperContainerModel> containers =
                Stream.concat(Stream.of(client), client.getClientScopes(true).values().stream());
        return containers
                .flatMap(ProtocolMapperContainerModel::getProtocolMappersStream)
                .anyMatch(mapper -> AccountMapper.ID.equals(mapper.getProtocolMapper()));
    }

    /** The realm files contain addresses below {@code .example} for applications that are not configured. */
    private static boolean hasOwnAddress(ClientModel client) {
        return !client.getRedirectUris().isEmpty()
                && client.getRedirectUris().stream().noneMatch(uri -> uri.contains("wise-sync.example"));
    }
}
