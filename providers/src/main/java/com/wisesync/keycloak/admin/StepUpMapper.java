package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.Refusal.Reason;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.utils.KeycloakSessionUtil;

/** The challenge of RFC 9470, from which a client knows that it is to send the user to log in again. */
@Provider
public final class StepUpMapper implements ExceptionMapper<RecentLogin.StepUpRequired> {

    static final String CHALLENGE = "Bearer error=\"insufficient_user_authentication\","
            + " error_description=\"A more recent authentication is required\", max_age=\""
            + RecentLogin.MAX_AGE.toSeconds()
            + "\"";

    @Override
    public Response toResponse(RecentLogin.StepUpRequired required) {
        KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
        session.getTransactionManager().setRollbackOnly();
        Texts texts = new Texts(session, CurrentUser.of(session));
        return Response.status(Response.Status.UNAUTHORIZED)
                .header(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(ErrorRep.of(Reason.of(null, "wiseSyncLoginTooOld", RecentLogin.MAX_AGE.toMinutes()), texts))
                .build();
    }
}
