package com.wisesync.keycloak.mail;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.provider.ProviderEvent;

/**
 * The use of an emailed link ends sessions. An event, handled in the same transaction, because this package cannot depend on the
 * one that ends sessions.
 */
public sealed interface LinkLogout extends ProviderEvent {

    /** The session of the request. */
    KeycloakSession session();

    /** Another user is logged out of the browser that uses the link. */
    record OtherUser(KeycloakSession session, UserSessionModel userSession) implements LinkLogout {}

    /**
     * The user is logged out of other devices.
     *
     * @param keep the id of the session that continues
     */
    record OtherDevices(KeycloakSession session, UserModel user, String keep) implements LinkLogout {}

    /** Ends the sessions before it returns. */
    default void publish() {
        session().getKeycloakSessionFactory().publish(this);
    }
}
