package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.OptIn;
import com.wisesync.keycloak.Refusal.Reason;
import com.wisesync.keycloak.Routes;
import com.wisesync.keycloak.admin.RefusalMapper.ErrorRep;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * Rules for all responses of the API: they are never stored by caches, and an error has the documented body even
 * where Keycloak answers before the request reaches a resource (no valid token, no such path, method or media type).
 */
@Provider
public final class ResponseRules implements ContainerResponseFilter {

    private static final Pattern API = Pattern.compile("/?admin/realms/([^/]+)/" + AdminApiFactory.ID + "(/.*)?");

    private static final Routes ROUTES = Routes.below(RootResource.class);

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        Matcher path = API.matcher(request.getUriInfo().getPath());
        if (!path.matches()) {
            return;
        }
        KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
        RealmModel realm = session == null ? null : realm(session, path.group(1));
        if (realm == null || !OptIn.isActive(realm)) {
            return;
        }
        response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
        Set<String> allowed = ROUTES.allowed(path.group(2) == null ? "" : path.group(2));
        if (request.getMethod().equals(HttpMethod.OPTIONS) && !allowed.isEmpty()) {
            response.getHeaders().putSingle(HttpHeaders.ALLOW, String.join(", ", allowed));
        } else if (response.getStatus() >= 400
                && (!isOurs(response.getEntity()) || isOfOther(request, response, allowed))) {
            session.getContext().setRealm(realm);
            replace(session, request, response, allowed);
        }
    }

    /** Without a valid token, Keycloak has not looked for the realm of the path yet. */
    private static RealmModel realm(KeycloakSession session, String name) {
        RealmModel current = session.getContext().getRealm();
        return current != null && current.getName().equals(name)
                ? current
                : session.realms().getRealmByName(name);
    }

    private static boolean isOurs(Object entity) {
        return entity instanceof ErrorRep || entity instanceof ImportReps.ImportReportRep;
    }

    /** Another resource has answered: RESTEasy takes a literal segment for a parameter if only that one has the method (26.7). */
    private static boolean isOfOther(
            ContainerRequestContext request, ContainerResponseContext response, Set<String> allowed) {
        return response.getStatus() == 404 && !allowed.isEmpty() && !allowed.contains(request.getMethod());
    }

    private static void replace(
            KeycloakSession session,
            ContainerRequestContext request,
            ContainerResponseContext response,
            Set<String> allowed) {
        switch (response.getStatus()) {
            case 401 -> {
                boolean sent = request.getHeaders().containsKey(HttpHeaders.AUTHORIZATION);
                response.getHeaders()
                        .putSingle(
                                HttpHeaders.WWW_AUTHENTICATE,
                                "Bearer realm=\""
                                        + session.getContext().getRealm().getName() + "\""
                                        + (sent ? ", error=\"invalid_token\"" : ""));
                write(session, response, 401, "wiseSyncNotAuthenticated");
            }
            case 404, 405 -> {
                if (allowed.isEmpty() || allowed.contains(request.getMethod())) {
                    write(session, response, 404, "wiseSyncNotFound");
                } else {
                    response.getHeaders().putSingle(HttpHeaders.ALLOW, String.join(", ", allowed));
                    write(session, response, 405, "wiseSyncMethodNotAllowed", request.getMethod());
                }
            }
            case 406 -> write(session, response, 406, "wiseSyncNotAcceptable");
            case 415 -> write(session, response, 415, "wiseSyncMediaTypeUnsupported");
            case 400 -> {
                // RESTEasy's answer to a Content-Type that is no media type (Quarkus 3.33), with Keycloak's body.
                if (response.getEntity() instanceof OAuth2ErrorRepresentation) {
                    write(session, response, 415, "wiseSyncMediaTypeUnsupported");
                }
            }
            default -> {
                // Keycloak's own error, for example 500.
            }
        }
    }

    private static void write(
            KeycloakSession session, ContainerResponseContext response, int status, String key, Object... params) {
        response.setStatus(status);
        response.setEntity(
                ErrorRep.of(List.of(Reason.of(null, key, params)), Texts.forCaller(session)),
                new Annotation[0],
                MediaType.APPLICATION_JSON_TYPE);
    }
}
