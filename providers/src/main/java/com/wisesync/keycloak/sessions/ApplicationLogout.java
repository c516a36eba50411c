package com.wisesync.keycloak.sessions;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.wisesync.keycloak.outbox.OutboxEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.keycloak.common.util.SecretGenerator;
import org.keycloak.common.util.Time;
import org.keycloak.representations.LogoutToken;
import org.keycloak.util.JsonSerialization;
import org.keycloak.util.TokenUtil;

/**
 * The outbox row of kind {@value #KIND}: one client session of which its application has to be notified. It holds what the logout
 * token says; the token itself is created when it is sent, because it is valid for {@value #LIFETIME_SECONDS} seconds only.
 *
 * @param client the internal id of the client
 * @param session the session's id as the token states it; null if the client does not ask for it
 * @param issuer as in the tokens of the session
 * @param subject as in the tokens of the session, after the client's mappers
 * @param revokeOffline whether the client is asked to revoke offline tokens
 * @param host the host that the client registered for this session; null if none
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
record ApplicationLogout(
        String client, String session, String issuer, String subject, boolean revokeOffline, String host) {

    static final String KIND = "logout";

    /** The longest lifetime that OpenID Connect Back-Channel Logout 1.0 recommends. */
    static final int LIFETIME_SECONDS = 120;

    static ApplicationLogout of(OutboxEntry entry) {
        try {
            return JsonSerialization.readValue(entry.payload(), ApplicationLogout.class);
        } catch (IOException e) {
            throw new UncheckedIOException("Unreadable payload of outbox row " + entry.id(), e);
        }
    }

    /** The token to send now. */
    LogoutToken token(String clientId) {
        LogoutToken token = new LogoutToken();
        token.id(SecretGenerator.getInstance().generateSecureID());
        token.issuedNow();
        token.exp(Time.currentTimeSeconds() + LIFETIME_SECONDS);
        token.issuer(issuer);
        token.addAudience(clientId);
        token.setSubject(subject);
        token.setSid(session);
        token.putEvents(TokenUtil.TOKEN_BACKCHANNEL_LOGOUT_EVENT, JsonSerialization.createObjectNode());
        if (revokeOffline) {
            token.putEvents(TokenUtil.TOKEN_BACKCHANNEL_LOGOUT_EVENT_REVOKE_OFFLINE_TOKENS, true);
        }
        return token;
    }

    String json() {
        try {
            return JsonSerialization.writeValueAsString(this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
