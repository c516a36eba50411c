package com.wisesync.keycloak.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.Refusal.Reason;
import com.wisesync.keycloak.access.LoginAge;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.utils.KeycloakSessionUtil;

/** Answers a {@link Refusal} and rolls the request's transaction back. */
@Provider
public final class RefusalMapper implements ExceptionMapper<Refusal> {

    /** The challenge of RFC 9470: the client should ask the user to log in again. */
    static final String STEP_UP_CHALLENGE = "Bearer error=\"insufficient_user_authentication\","
            + " error_description=\"A more recent authentication is required\", max_age=\""
            + LoginAge.MAX.toSeconds()
            + "\"";

    @Override
    public Response toResponse(Refusal refusal) {
        KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
        session.getTransactionManager().setRollbackOnly();
        Response.ResponseBuilder response = Response.status(status(refusal.kind()))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(ErrorRep.of(refusal.reasons(), Texts.forCaller(session)));
        switch (refusal.kind()) {
            case STEP_UP -> response.header(HttpHeaders.WWW_AUTHENTICATE, STEP_UP_CHALLENGE);
            case TOO_MANY ->
                refusal.reasons().get(0).params().stream()
                        .findFirst()
                        .ifPresent(seconds -> response.header(HttpHeaders.RETRY_AFTER, seconds));
            default -> {
                // The other kinds have no header of their own.
            }
        }
        return response.build();
    }

    private static int status(Refusal.Kind kind) {
        return switch (kind) {
            case INVALID -> 400;
            case STEP_UP -> 401;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case STALE -> 412;
            case TOO_LARGE -> 413;
            case TOO_MANY -> 429;
            case NOT_SAVED -> 500;
            case UNREACHABLE -> 502;
            case UNAVAILABLE -> 503;
        };
    }

    /**
     * Keycloak's {@code ErrorRepresentation}, and the key of the message.
     *
     * @param errors each of the errors, if there are several
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ErrorRep(String errorMessage, String key, String field, List<Object> params, List<ErrorRep> errors) {

        static ErrorRep of(Reason reason, Texts texts) {
            return new ErrorRep(
                    texts.format(reason),
                    reason.key(),
                    reason.field(),
                    reason.params().isEmpty() ? null : reason.params(),
                    null);
        }

        static ErrorRep of(List<Reason> reasons, Texts texts) {
            ErrorRep first = of(reasons.get(0), texts);
            return reasons.size() == 1
                    ? first
                    : new ErrorRep(
                            first.errorMessage(),
                            first.key(),
                            first.field(),
                            first.params(),
                            reasons.stream().map(reason -> of(reason, texts)).toList());
        }
    }
}
