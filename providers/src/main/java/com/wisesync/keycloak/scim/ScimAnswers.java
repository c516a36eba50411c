package com.wisesync.keycloak.scim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.unboundid.scim2.common.messages.ErrorResponse;
import com.unboundid.scim2.common.utils.JsonUtils;
import com.wisesync.keycloak.Refusal.Reason;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.MessageFormat;
import java.util.Locale;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.theme.Theme;

/** Builds responses. Every one of them has a media type and is never stored by caches. */
final class ScimAnswers {

    static final String MEDIA_TYPE = "application/scim+json";

    private final KeycloakSession session;

    ScimAnswers(KeycloakSession session) {
        this.session = session;
    }

    /** @param body a message of the SDK or a JSON node; null for none */
    ResponseBuilder ok(int status, Object body) {
        ResponseBuilder response = Response.status(status)
                .header(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
        return body == null ? response : response.entity(json(body));
    }

    Response error(ScimError error) {
        ResponseBuilder response = ok(error.status(), body(error));
        error.retryAfter().ifPresent(seconds -> response.header(HttpHeaders.RETRY_AFTER, seconds));
        if (error.status() == Response.Status.UNAUTHORIZED.getStatusCode()) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, challenge());
        }
        return response.build();
    }

    /** The JSON of an error. */
    String json(ScimError error) {
        return json(body(error));
    }

    private ErrorResponse body(ScimError error) {
        ErrorResponse body = new ErrorResponse(error.status());
        body.setScimType(error.scimType());
        body.setDetail(words(error.reason()));
        return body;
    }

    /** A wrong token is named as such, as RFC 6750 asks; a missing one is not. */
    private String challenge() {
        RealmModel realm = session.getContext().getRealm();
        boolean sent = session.getContext().getHttpRequest().getHttpHeaders().getHeaderString(HttpHeaders.AUTHORIZATION)
                != null;
        return "Bearer realm=\"" + realm.getName() + "\"" + (sent ? ", error=\"invalid_token\"" : "");
    }

    /** In English: a directory has no language, and shows the text to its administrators. */
    private String words(Reason reason) {
        try {
            String text = session.theme()
                    .getTheme(Theme.Type.LOGIN)
                    .getMessages(Locale.ENGLISH)
                    .getProperty(reason.key());
            String words = text == null
                    ? reason.key()
                    : new MessageFormat(text, Locale.ENGLISH)
                            .format(reason.params().toArray());
            return reason.field() == null ? words : reason.field() + ": " + words;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The JSON of a message of the SDK or a JSON node. */
    static String json(Object body) {
        try {
            return JsonUtils.getObjectWriter().writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
