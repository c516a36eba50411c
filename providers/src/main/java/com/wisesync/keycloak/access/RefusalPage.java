package com.wisesync.keycloak.access;

import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.services.util.ResolveRelative;

/**
 * The page that explains to a user why they may not enter an application. It links to an application they may enter, which
 * starts a login there, and to a login as someone else.
 */
final class RefusalPage {

    static final String TEMPLATE = "wise-sync-no-entry.ftl";

    private final KeycloakSession session;
    private final ApplicationAccess access;

    RefusalPage(KeycloakSession session, ApplicationAccess access) {
        this.session = session;
        this.access = access;
    }

    /** Records the refused login as an event and returns the page, with status 403. */
    Response refuse(
            LoginFormsProvider form, EventBuilder event, ClientModel client, UserModel user, Obstacle obstacle) {
        event.clone()
                .event(EventType.LOGIN)
                .client(client)
                .user(user)
                .detail(Details.REASON, obstacle.key())
                .error(Errors.ACCESS_DENIED);
        form.setAttribute("obstacle", obstacle.key())
                .setAttribute("application", name(client))
                .setAttribute("login", user.getUsername());
        Optional<ClientModel> other =
                obstacle == Obstacle.OTHER_ROLE ? access.findEnterable(user, client.getRealm()) : Optional.empty();
        other.ifPresent(application -> form.setAttribute("otherApplication", name(application))
                .setAttribute("otherApplicationUrl", url(application)));
        return Response.fromResponse(form.createForm(TEMPLATE))
                .status(Response.Status.FORBIDDEN)
                .build();
    }

    private String url(ClientModel client) {
        return ResolveRelative.resolveRelativeUri(session, client.getRootUrl(), client.getBaseUrl());
    }

    private static String name(ClientModel client) {
        return client.getName() == null || client.getName().isBlank() ? client.getClientId() : client.getName();
    }
}
