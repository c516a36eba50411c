package com.wisesync.keycloak.mail;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URI;
import org.keycloak.http.HttpRequest;

/**
 * Stands in for the request that asked for a mail, of which only the address is known any more. Without one, links could be
 * made only where a hostname is configured; where one is, that one still counts (HostnameV2Provider, 26.7).
 */
final class RememberedRequest {

    private RememberedRequest() {}

    static HttpRequest to(URI base) {
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
