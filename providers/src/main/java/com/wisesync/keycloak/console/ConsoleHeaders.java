package com.wisesync.keycloak.console;

import com.wisesync.keycloak.OptIn;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.keycloak.common.util.UriUtils;
import org.keycloak.headers.DefaultSecurityHeadersProvider;
import org.keycloak.models.BrowserSecurityHeaders;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.theme.Theme;
import org.keycloak.urls.UrlType;

/**
 * Adds the content security policy that the admin theme configures ({@value #POLICY} in {@code theme.properties}) to Keycloak's
 * own headers on the console's page. The realm's setting cannot be used: it also applies to the login pages, which contain inline
 * scripts (keycloak.v2, 26.7).
 *
 * <p>Requests to this extension's APIs with an invalid Content-Type are answered like those with an unsupported one.
 */
final class ConsoleHeaders extends DefaultSecurityHeadersProvider {

    private static final Logger LOG = Logger.getLogger(ConsoleHeaders.class);

    static final String POLICY = "contentSecurityPolicy";

    private static final Pattern OWN_API = Pattern.compile("/?(?:admin/)?realms/[^/]+/wise-sync(?:/.*)?");
    private static final Pattern CONSOLE = Pattern.compile("/?admin/[^/]+/console/");
    private static final String HEADER = BrowserSecurityHeaders.CONTENT_SECURITY_POLICY.getHeaderName();

    private final KeycloakSession session;

    ConsoleHeaders(KeycloakSession session) {
        super(session);
        this.session = session;
    }

    @Override
    public void addHeaders(ContainerRequestContext request, ContainerResponseContext response) {
        if (OWN_API.matcher(request.getUriInfo().getPath()).matches()) {
            replaceInvalidMediaType(request);
        }
        super.addHeaders(request, response);
        if (isConsole(request, response)) {
            policy().ifPresent(policy -> add(policy, response.getHeaders()));
        }
    }

    /** Keycloak's headers depend on the media type of the request, and an invalid one fails (26.7). */
    private static void replaceInvalidMediaType(ContainerRequestContext request) {
        try {
            request.getMediaType();
        } catch (IllegalArgumentException e) {
            LOG.debugf("Invalid Content-Type: %s", e.getMessage());
            request.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_OCTET_STREAM);
        }
    }

    private boolean isConsole(ContainerRequestContext request, ContainerResponseContext response) {
        RealmModel realm = session.getContext().getRealm();
        return realm != null
                && OptIn.isActive(realm)
                && MediaType.TEXT_HTML_TYPE.isCompatible(response.getMediaType())
                && CONSOLE.matcher(request.getUriInfo().getPath()).matches();
    }

    /** The console may have a separate host name and calls the realm's. */
    private Optional<String> policy() {
        try {
            String server = UriUtils.getOrigin(
                    session.getContext().getUri(UrlType.FRONTEND).getBaseUri());
            return Optional.ofNullable(session.theme()
                            .getTheme(Theme.Type.ADMIN)
                            .getProperties()
                            .getProperty(POLICY))
                    .map(policy -> policy.replace("{server}", server));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Browsers apply the first of two equal directives, so that the realm's own directives take precedence. */
    private static void add(String policy, MultivaluedMap<String, Object> headers) {
        Object realms = headers.getFirst(HEADER);
        headers.putSingle(HEADER, realms == null ? policy : realms.toString().replaceFirst(";?\\s*$", "; ") + policy);
    }
}
