package com.wisesync.keycloak.scim;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.util.regex.Pattern;
import org.keycloak.models.KeycloakSession;
import org.keycloak.utils.KeycloakSessionUtil;

/** Gives errors that the server answers before or after a resource (no such path, method or media type) the body of SCIM. */
@Provider
public final class ScimResponseRules implements ContainerResponseFilter {

    private static final Pattern API = Pattern.compile("/?realms/[^/]+/" + ScimApiFactory.ID + "/scim(/.*)?");

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        boolean foreign = response.getStatus() >= 400
                && !String.valueOf(response.getMediaType()).startsWith(ScimAnswers.MEDIA_TYPE);
        if (!foreign || !API.matcher(request.getUriInfo().getPath()).matches()) {
            return;
        }
        KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
        if (session == null || session.getContext().getRealm() == null) {
            return;
        }
        ScimError error = ScimError.of(response.getStatus(), key(response.getStatus()));
        response.setEntity(
                new ScimAnswers(session).json(error), new Annotation[0], MediaType.valueOf(ScimAnswers.MEDIA_TYPE));
        response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    private static String key(int status) {
        return switch (status) {
            case 404 -> "wiseSyncNotFound";
            case 405 -> "wiseSyncNotFound";
            case 406 -> "wiseSyncNotAcceptable";
            case 415 -> "wiseSyncMediaTypeUnsupported";
            default -> "wiseSyncNotSaved";
        };
    }
}
