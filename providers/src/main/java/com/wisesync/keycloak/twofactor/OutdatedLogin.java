package com.wisesync.keycloak.twofactor;

import com.wisesync.keycloak.mail.LoginStart;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Supplier;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * A login in progress whose user has a new password, was disabled, or was logged out everywhere since it started, see
 * {@link LoginStart}. It is refused with a page that offers to log in again.
 */
final class OutdatedLogin {

    private static final String TEMPLATE = "wise-sync-login-outdated.ftl";

    private final KeycloakSession session;
    private final AuthenticationSessionModel login;

    OutdatedLogin(KeycloakSession session, AuthenticationSessionModel login) {
        this.session = session;
        this.login = login;
    }

    /**
     * Records the refusal as an event and returns the page, with status 403.
     *
     * @param user the user of the login
     * @param event of this request
     * @param form creates the page
     * @return empty if the login is not outdated
     */
    Optional<Response> refuse(UserModel user, EventBuilder event, Supplier<LoginFormsProvider> form) {
        if (!new LoginStart(session, login).isOutdated(user)) {
            return Optional.empty();
        }
        event.clone()
                .event(EventType.LOGIN)
                .client(login.getClient())
                .user(user)
                .detail(Details.REASON, "login_outdated")
                .error(Errors.EXPIRED_CODE);
        return Optional.of(Response.fromResponse(form.get().createForm(TEMPLATE))
                .status(Response.Status.FORBIDDEN)
                .build());
    }
}
