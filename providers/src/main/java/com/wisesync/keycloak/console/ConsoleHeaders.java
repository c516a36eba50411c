package com.wisesync.keycloak.console;

import com.wisesync.keycloak.OptIn;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.keycloak.common.util.UriUtils;
import org.keycloak.headers.DefaultSecurityHeadersProvider;
import org.keycloak.models.BrowserSecurityHeaders;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.theme.Theme;
import org.keycloak.urls.UrlType;

/**
 * Keycloak's own headers, and on the console's page the policy that its theme names
 * ({@value #POLICY} in {@code theme.properties}). The realm's setting can't carry it: that one is for the login pages too,
 * whose scripts stand in the page (keycloak.v2, 26.7).
 */
final class ConsoleHeaders extends DefaultSecurityHeadersProvider {

    static final String POLICY = "contentSecurityPolicy";

    private static final Pattern CONSOLE = Pattern.compile("/?admin/[^/]+/console/");
    private static final String HEADER = BrowserSecurityHeaders.CONTENT_SECURITY_POLICY.getHeaderName();

    private final KeycloakSession session;

    ConsoleHeaders(KeycloakSession session) {
        super(session);
        this.session = session;
    }

    @Override
    public void addHeaders(ContainerRequestContext request, ContainerResponseContext response) {
        super.addHeaders(request, response);
        if (isConsole(request, response)) {
            policy().ifPresent(policy -> add(policy, response.getHeaders()));
        }
    }

    private boolean isConsole(ContainerRequestContext request, ContainerResponseContext response) {
        RealmModel realm = session.getContext().getRealm();
        return realm != null
                && OptIn.isActive(realm)
                && MediaType.TEXT_HTML_TYPE.isCompatible(response.getMediaType())
                && CONSOLE.matcher(request.getUriInfo().getPath()).matches();
    }

    /** The console may have a host name of its own, and calls that of the realm. */
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

    /** Of a directive that is there twice the first counts: what the realm says itself stays. */
    private static void add(String policy, MultivaluedMap<String, Object> headers) {
        Object realms = headers.getFirst(HEADER);
        headers.putSingle(HEADER, realms == null ? policy : realms.toString().replaceFirst(";?\\s*$", "; ") + policy);
    }
}
