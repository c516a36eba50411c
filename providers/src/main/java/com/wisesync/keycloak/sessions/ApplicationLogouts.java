package com.wisesync.keycloak.sessions;

import com.wisesync.keycloak.outbox.Digest;
import com.wisesync.keycloak.outbox.NewEntry;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.keycloak.constants.AdapterConstants;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.representations.LogoutToken;
import org.keycloak.util.TokenUtil;

/** Turns client sessions into outbox rows. */
final class ApplicationLogouts {

    /**
     * Rows of one lane are sent one after the other. With several lanes a receiver gets several logouts at the same time, but one
     * that never answers does not occupy all senders.
     */
    private static final int LANES_PER_RECEIVER = 4;

    private final KeycloakSession session;
    private final RealmModel realm;

    /** @param session with the realm in its context */
    ApplicationLogouts(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    /**
     * The row that notifies the application of this client session; empty if it has no address for back-channel logouts.
     *
     * @param cause the id of what ends the session: the same cause gives the same row id
     */
    Optional<NewEntry> entry(String cause, AuthenticatedClientSessionModel clientSession) {
        ClientModel client = clientSession.getClient();
        if (client == null
                || !OIDCLoginProtocol.LOGIN_PROTOCOL.equals(clientSession.getProtocol())
                || LogoutAddress.isMissing(client)) {
            return Optional.empty();
        }
        String sessionId = clientSession.getUserSession().getId();
        String key = cause + "/" + sessionId + "/" + client.getId();
        return Optional.of(new NewEntry(
                ApplicationLogout.KIND,
                realm.getId(),
                lane(client.getId(), sessionId),
                UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString(),
                "logout",
                logout(client, clientSession).json()));
    }

    /** The owner of a row. The alias of an identity provider may be longer than an owner. */
    static String lane(String receiver, String sessionId) {
        return Digest.ownerId(receiver + "/" + Math.floorMod(sessionId.hashCode(), LANES_PER_RECEIVER));
    }

    private ApplicationLogout logout(ClientModel client, AuthenticatedClientSessionModel clientSession) {
        ClientModel previous = session.getContext().getClient();
        session.getContext().setClient(client);
        try {
            // Runs the client's logout mappers, which may change the subject.
            LogoutToken token = session.tokens()
                    .initLogoutToken(client, clientSession.getUserSession().getUser(), clientSession);
            return new ApplicationLogout(
                    client.getId(),
                    token.getSid(),
                    token.getIssuer(),
                    token.getSubject(),
                    token.getEvents().containsKey(TokenUtil.TOKEN_BACKCHANNEL_LOGOUT_EVENT_REVOKE_OFFLINE_TOKENS),
                    clientSession.getNote(AdapterConstants.CLIENT_SESSION_HOST));
        } finally {
            session.getContext().setClient(previous);
        }
    }
}
