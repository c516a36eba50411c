package com.wisesync.keycloak.scim;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.utils.KeycloakSessionUtil;

/** Answers a {@link ScimErrorException}, and rolls the request's transaction back. */
@Provider
public final class ScimErrorMapper implements ExceptionMapper<ScimErrorException> {

    @Override
    public Response toResponse(ScimErrorException exception) {
        KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
        session.getTransactionManager().setRollbackOnly();
        return new ScimAnswers(session).error(exception.error());
    }
}
