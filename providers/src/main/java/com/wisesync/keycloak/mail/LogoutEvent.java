package com.wisesync.keycloak.mail;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.provider.ProviderEvent;

/**
 * A user who uses an emailed link, or changes a credential, ends sessions. An event, handled in the same transaction, because the
 * publishing packages cannot depend on the one that ends sessions.
 */
public sealed interface LogoutEvent extends ProviderEvent {

    /** The session of the request. */
    KeycloakSession session();

    /** Another user is logged out of the browser that uses the link. */
    record OtherUser(KeycloakSession session, UserSessionModel userSession) implements LogoutEvent {}

    /**
     * The user is logged out of other devices.
     *
     * @param keep the id of the session that continues
     */
    record OtherDevices(KeycloakSession session, UserModel user, String keep) implements LogoutEvent {}

    /** Ends the sessions before it returns. */
    default void publish() {
        session().getKeycloakSessionFactory().publish(this);
    }
}
