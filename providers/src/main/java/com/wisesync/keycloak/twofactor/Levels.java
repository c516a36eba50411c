package com.wisesync.keycloak.twofactor;

import java.util.OptionalInt;
import java.util.stream.Stream;
import org.keycloak.authentication.authenticators.util.AcrStore;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.utils.AcrUtils;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The levels of authentication that the login flow states and tokens carry as {@code acr}: 1 for a password, 2 for a second
 * factor. The flow holds two disabled level conditions, from which Keycloak reads the levels, their maximum age and the
 * values that discovery lists (LoAUtil, 26.7). The final check records the level that a login has reached.
 */
final class Levels {

    static final int PASSWORD = 1;
    static final int SECOND_FACTOR = 2;

    private Levels() {}

    /** Returns the level that the application requested, or -1 if it requested none. */
    static int requested(AuthenticationSessionModel login) {
        String level = login.getClientNote(Constants.REQUESTED_LEVEL_OF_AUTHENTICATION);
        return level == null ? Constants.NO_LOA : Integer.parseInt(level);
    }

    /**
     * The level of an {@code acr} value for an application.
     *
     * @return empty if the value is no number and neither the application nor the realm maps it to a level
     */
    static OptionalInt find(String value, ClientModel client) {
        Integer mapped = AcrUtils.getAcrLoaMap(client).get(value);
        try {
            return OptionalInt.of(mapped == null ? Integer.parseInt(value) : mapped);
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    /**
     * Requests the first level in {@code acr_values} that a login can reach: the values are in the order of preference (OpenID
     * Connect Core, 3.1.2.1). Keycloak requests the lowest, and 0 for a value that it does not know
     * (AuthorizationEndpoint.updateAuthenticationSession, 26.7).
     */
    static void preferFirstKnown(AuthenticationSessionModel login) {
        String values = login.getClientNote(OIDCLoginProtocol.ACR_PARAM);
        if (values == null || new AcrStore(null, login).isLevelOfAuthenticationForced()) {
            return;
        }
        Stream.of(values.split(" "))
                .flatMapToInt(value -> find(value, login.getClient()).stream())
                .filter(level -> level <= SECOND_FACTOR)
                .findFirst()
                .ifPresent(level -> login.setClientNote(
                        Constants.REQUESTED_LEVEL_OF_AUTHENTICATION,
                        String.valueOf(Math.max(level, requested(login)))));
    }

    /** Returns whether the application requires a level ({@code essential}) that no login can reach. */
    static boolean isUnreachable(AuthenticationSessionModel login) {
        return new AcrStore(null, login).isLevelOfAuthenticationForced() && requested(login) > SECOND_FACTOR;
    }

    /** Records the level in the login and, with the time, in the user session. Does nothing if it is recorded already. */
    static void record(KeycloakSession session, AuthenticationSessionModel login, int level) {
        AcrStore levels = new AcrStore(session, login);
        for (int reached = PASSWORD; reached <= level; reached++) {
            if (levels.getLevelOfAuthenticationFromCurrentAuthentication() < reached) {
                levels.setLevelAuthenticated(reached);
            }
        }
        login.setUserSessionNote(Constants.LOA_MAP, login.getAuthNote(Constants.LOA_MAP));
    }
}
