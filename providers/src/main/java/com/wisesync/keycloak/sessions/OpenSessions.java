package com.wisesync.keycloak.sessions;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;

/** Lists the sessions of a user, online and offline ones. */
public final class OpenSessions {

    private final KeycloakSession session;
    private final RealmModel realm;

    /** @param session its context names the realm */
    public OpenSessions(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    /**
     * All sessions, the one used last first. Sessions that have ended are removed after the commit and not listed before.
     *
     * <p>As Keycloak does with tokens, a session that started in the very second of {@code notBefore} counts as valid.
     */
    public List<OpenSession> list(UserModel user) {
        int notBefore = session.users().getNotBeforeOfUser(realm, user);
        return Stream.concat(
                        session.sessions().getUserSessionsStream(realm, user),
                        session.sessions().getOfflineUserSessionsStream(realm, user))
                .filter(open -> open.getStarted() >= notBefore)
                .map(this::open)
                .sorted(Comparator.comparing(OpenSession::lastAccess).reversed())
                .toList();
    }

    private OpenSession open(UserSessionModel userSession) {
        return new OpenSession(
                userSession.getId(),
                Instant.ofEpochSecond(userSession.getStarted()),
                Instant.ofEpochSecond(userSession.getLastSessionRefresh()),
                userSession.getIpAddress(),
                names(userSession.getAuthenticatedClientSessions().keySet()));
    }

    private List<String> names(Collection<String> clientIds) {
        return clientIds.stream()
                .map(realm::getClientById)
                .filter(client -> client != null)
                .map(OpenSessions::name)
                .sorted(String.CASE_INSENSITIVE_ORDER)
                .toList();
    }

    /** The names of Keycloak's own clients are message keys; their client ids are shown instead. */
    private static String name(ClientModel client) {
        String name = client.getName();
        return name == null || name.isBlank() || name.startsWith("${") ? client.getClientId() : name;
    }
}
