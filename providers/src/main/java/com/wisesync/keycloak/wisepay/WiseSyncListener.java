package com.wisesync.keycloak.wisepay;

import com.wisesync.keycloak.twofactor.OwnChanges;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.KeycloakSession;

/** Hears, in the transaction of the change, what only an event tells about it. */
final class WiseSyncListener implements EventListenerProvider {

    private final KeycloakSession session;
    private final Noticing noticing;

    WiseSyncListener(KeycloakSession session, Noticing noticing) {
        this.session = session;
        this.noticing = noticing;
    }

    @Override
    public void onEvent(Event event) {
        if (event.getType() == EventType.USER_DISABLED_BY_PERMANENT_LOCKOUT) {
            noticing.in(session).lockedOut(event.getUserId());
        } else if (event.getType() == EventType.DELETE_ACCOUNT) {
            noticing.in(session).said(Reason.SELF);
        } else {
            new OwnChanges(session).heard(event);
        }
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        // Where the call came in tells more.
    }

    @Override
    public void close() {}
}
