package com.wisesync.keycloak.mail;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URI;
import org.keycloak.http.HttpRequest;

/**
 * Replaces the request that queued an email or started a job, in a session outside of any request; only its base URI is known
 * then. Without it, links could be created only on servers with a configured hostname. A configured hostname still takes
 * precedence (HostnameV2Provider, 26.7).
 */
public final class RememberedRequest {

    private RememberedRequest() {}

    /**
     * A request that knows its base URI only.
     *
     * @param base as {@code KeycloakContext.getUri().getBaseUri()} of the remembered request
     */
    public static HttpRequest at(URI base) {
        UriInfo uri = proxy(UriInfo.class, (proxy, method, args) -> switch (method.getName()) {
            case "getBaseUri", "getRequestUri", "getAbsolutePath" -> base;
            case "getBaseUriBuilder", "getRequestUriBuilder", "getAbsolutePathBuilder" -> UriBuilder.fromUri(base);
            default -> throw new ContextNotActiveException();
        });
        return proxy(HttpRequest.class, (proxy, method, args) -> {
            if (method.getName().equals("getUri")) {
                return uri;
            }
            throw new ContextNotActiveException();
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
