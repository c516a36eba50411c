package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.Refusal;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.utils.KeycloakSessionUtil;

/** Returns what a rule refused. Nothing of the request is kept then. */
@Provider
public final class RefusalMapper implements ExceptionMapper<Refusal> {

    @Override
    public Response toResponse(Refusal refusal) {
        KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
        session.getTransactionManager().setRollbackOnly();
        Texts texts = new Texts(session, CurrentUser.of(session));
        Response.ResponseBuilder response = Response.status(status(refusal.kind()))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(ErrorRep.of(refusal.reasons(), texts));
        if (refusal.kind() == Refusal.Kind.TOO_MANY) {
            refusal.reasons().get(0).params().stream()
                    .findFirst()
                    .ifPresent(seconds -> response.header(HttpHeaders.RETRY_AFTER, seconds));
        }
        return response.build();
    }

    private static int status(Refusal.Kind kind) {
        return switch (kind) {
            case INVALID -> 400;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case STALE -> 412;
            case TOO_LARGE -> 413;
            case TOO_MANY -> 429;
            case UNREACHABLE -> 502;
            case UNAVAILABLE -> 503;
            case NOT_SAVED -> 500;
        };
    }
}
