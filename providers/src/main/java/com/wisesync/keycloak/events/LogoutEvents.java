package com.wisesync.keycloak.events;

import com.wisesync.keycloak.mail.LogoutEvent;
import com.wisesync.keycloak.sessions.Sessions;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;

/** Ends the sessions that a user ends with an emailed link or on a page of credentials. */
final class LogoutEvents implements ProviderEventListener {

    @Override
    public void onEvent(ProviderEvent event) {
        if (event instanceof LogoutEvent.OtherUser other) {
            new Sessions(other.session()).logOut(other.userSession());
        } else if (event instanceof LogoutEvent.OtherDevices others) {
            new Sessions(others.session()).endOthers(others.user(), others.keep());
        }
    }
}
