package com.wisesync.keycloak.twofactor;

import jakarta.ws.rs.WebApplicationException;
import org.keycloak.events.EventBuilder;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.FederatedIdentityModel.FederatedIdentityCreatedEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Refuses to link a user to an identity provider in an {@linkplain OutdatedLogin outdated login}. The user returns from the
 * provider without a page that could be refused (IdentityBrokerService.performAccountLinking, 26.7), and with the link they
 * could log in again. Receives the event in the transaction of the link, which is rolled back.
 */
public final class OutdatedLoginLinks implements ProviderEventListener {

    @Override
    public void onEvent(ProviderEvent event) {
        if (event instanceof FederatedIdentityCreatedEvent linked) {
            KeycloakSession session = linked.getKeycloakSession();
            AuthenticationSessionModel login = session.getContext().getAuthenticationSession();
            if (login != null) {
                refuse(session, login, linked);
            }
        }
    }

    /** @throws WebApplicationException with the page */
    private static void refuse(
            KeycloakSession session, AuthenticationSessionModel login, FederatedIdentityCreatedEvent linked) {
        new OutdatedLogin(session, login)
                .refuse(
                        linked.getUser(),
                        new EventBuilder(
                                linked.getRealm(), session, session.getContext().getConnection()),
                        () -> session.getProvider(LoginFormsProvider.class)
                                .setAuthenticationSession(login)
                                .setUser(linked.getUser()))
                .ifPresent(page -> {
                    session.getTransactionManager().setRollbackOnly();
                    throw new WebApplicationException(page);
                });
    }
}
