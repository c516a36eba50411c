package com.wisesync.keycloak.scim;

import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.messages.ErrorResponse;
import com.wisesync.keycloak.OptIn;
import com.wisesync.keycloak.Routes;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.models.KeycloakSession;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * Gives errors that the server answers before or after a resource (no such path, method or media type) the status and the body of
 * SCIM.
 */
@Provider
public final class ScimResponseRules implements ContainerResponseFilter {

    private static final Pattern API = Pattern.compile("/?realms/[^/]+/" + ScimApiFactory.ID + "(/scim(?:/.*)?)");

    private static final Routes ROUTES = Routes.below(ScimRoot.class);

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        boolean foreign = response.getStatus() >= 400
                && !String.valueOf(response.getMediaType()).startsWith(ScimAnswers.MEDIA_TYPE);
        if (foreign) {
            Matcher path = API.matcher(request.getUriInfo().getPath());
            MultivaluedMap<String, String> query = request.getUriInfo().getQueryParameters();
            if (path.matches() && isOfQuery(response.getStatus(), query)) {
                replace(response, ScimAnswers.json(queryError(query)));
            } else if (path.matches()) {
                replace(request, response, path.group(1));
            }
        }
    }

    private static void replace(ContainerRequestContext request, ContainerResponseContext response, String path) {
        KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
        if (session == null || session.getContext().getRealm() == null) {
            return;
        }
        Set<String> allowed = OptIn.isActive(session.getContext().getRealm()) ? ROUTES.allowed(path) : Set.of();
        ScimError error = error(response.getStatus(), request.getMethod(), allowed);
        if (error.status() == Response.Status.METHOD_NOT_ALLOWED.getStatusCode()) {
            response.getHeaders().putSingle(HttpHeaders.ALLOW, String.join(", ", allowed));
        }
        response.setStatus(error.status());
        replace(response, new ScimAnswers(session).json(error));
    }

    private static void replace(ContainerResponseContext response, String body) {
        response.setEntity(body, new Annotation[0], MediaType.valueOf(ScimAnswers.MEDIA_TYPE));
        response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    /**
     * Keycloak refuses queries with control characters before there is a session, and so before a theme can be read
     * (InvalidQueryParameterFilter, 26.7.5).
     */
    private static boolean isOfQuery(int status, MultivaluedMap<String, String> query) {
        return status == Response.Status.BAD_REQUEST.getStatusCode()
                && query.values().stream().flatMap(List::stream).anyMatch(ScimResponseRules::isUnfit);
    }

    private static boolean isUnfit(String value) {
        return value.chars().anyMatch(Character::isISOControl);
    }

    private static ErrorResponse queryError(MultivaluedMap<String, String> query) {
        boolean ofFilter = query.getOrDefault("filter", List.of()).stream().anyMatch(ScimResponseRules::isUnfit);
        ErrorResponse error = new ErrorResponse(Response.Status.BAD_REQUEST.getStatusCode());
        error.setScimType(ofFilter ? BadRequestException.INVALID_FILTER : BadRequestException.INVALID_VALUE);
        error.setDetail("The query contains a control character.");
        return error;
    }

    /** @param allowed the methods of the path; empty if it does not exist */
    static ScimError error(int status, String method, Set<String> allowed) {
        return switch (status) {
            case 404, 405 ->
                allowed.isEmpty() || allowed.contains(method)
                        ? ScimError.of(404, "wiseSyncNotFound")
                        : ScimError.of(405, "wiseSyncMethodNotAllowed", method);
            case 406 -> ScimError.of(406, "wiseSyncNotAcceptable");
            // RESTEasy answers 400 to a Content-Type that is no media type (Quarkus 3.33).
            case 400, 415 -> ScimError.of(415, "wiseSyncMediaTypeUnsupported");
            default -> ScimError.of(status, "wiseSyncNotSaved");
        };
    }
}
