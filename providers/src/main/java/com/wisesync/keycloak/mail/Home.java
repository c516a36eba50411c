package com.wisesync.keycloak.mail;

import com.wisesync.keycloak.role.Applications;
import com.wisesync.keycloak.role.Role;
import com.wisesync.keycloak.role.StaffRoles;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.util.ResolveRelative;

/**
 * Where a user works: the console for account-admins and support, otherwise the first application that is open to the user and
 * has a start page, otherwise the account console.
 *
 * @param client the application
 * @param address its start page
 */
record Home(ClientModel client, URI address) {

    /**
     * @param user null if there is no such user any more
     * @return empty without a user, or if the account console is disabled and the user works nowhere else
     */
    static Optional<Home> find(KeycloakSession session, UserModel user) {
        if (user == null) {
            return Optional.empty();
        }
        RealmModel realm = session.getContext().getRealm();
        if (worksInConsole(realm, user)) {
            return Optional.of(new Home(
                    realm.getClientByClientId(Constants.ADMIN_CONSOLE_CLIENT_ID),
                    UriBuilder.fromUri(session.getContext().getUri().getBaseUri())
                            .path("admin")
                            .path(realm.getName())
                            .path("console/")
                            .build()));
        }
        return realm.getClientsStream()
                .filter(ClientModel::isEnabled)
                .filter(client ->
                        client.getRole(Applications.USE) != null && user.hasRole(client.getRole(Applications.USE)))
                .flatMap(
                        client -> at(
                                client,
                                ResolveRelative.resolveRelativeUri(session, client.getRootUrl(), client.getBaseUrl()))
                                .stream())
                .findFirst()
                .or(() -> accountConsole(session));
    }

    private static Optional<Home> accountConsole(KeycloakSession session) {
        RealmModel realm = session.getContext().getRealm();
        return Optional.ofNullable(realm.getClientByClientId(Constants.ACCOUNT_CONSOLE_CLIENT_ID))
                .filter(ClientModel::isEnabled)
                .map(client -> new Home(
                        client,
                        UriBuilder.fromUri(session.getContext().getUri().getBaseUri())
                                .path("realms")
                                .path(realm.getName())
                                .path("account/")
                                .build()));
    }

    private static boolean worksInConsole(RealmModel realm, UserModel user) {
        return Role.ACCOUNT_ADMIN.find(realm).filter(user::hasRole).isPresent() || StaffRoles.isStaff(realm, user);
    }

    private static Optional<Home> at(ClientModel client, String address) {
        return address == null || address.isBlank()
                ? Optional.empty()
                : Optional.of(new Home(client, URI.create(address)));
    }
}
