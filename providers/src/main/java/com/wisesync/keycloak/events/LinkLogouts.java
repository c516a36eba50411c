package com.wisesync.keycloak.events;

import com.wisesync.keycloak.mail.LinkLogout;
import com.wisesync.keycloak.sessions.Sessions;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;

/** Ends the sessions that the use of an emailed link ends. */
final class LinkLogouts implements ProviderEventListener {

    @Override
    public void onEvent(ProviderEvent event) {
        if (event instanceof LinkLogout.OtherUser other) {
            new Sessions(other.session()).logOut(other.userSession());
        } else if (event instanceof LinkLogout.OtherDevices others) {
            new Sessions(others.session()).endOthers(others.user(), others.keep());
        }
    }
}
