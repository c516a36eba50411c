package com.wisesync.keycloak.events;

import com.wisesync.keycloak.user.LastLogin;
import com.wisesync.keycloak.wisepay.Detection;
import java.util.Optional;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.KeycloakSession;

/** The realm's event listener; runs in the transaction of the change. */
final class WiseSyncListener implements EventListenerProvider {

    private final KeycloakSession session;
    private final Detection detection;

    WiseSyncListener(KeycloakSession session, Detection detection) {
        this.session = session;
        this.detection = detection;
    }

    @Override
    public void onEvent(Event event) {
        if (event.getType() == EventType.USER_DISABLED_BY_PERMANENT_LOCKOUT) {
            detection.lockedOut(session, event.getUserId());
        } else if (event.getType() == EventType.DELETE_ACCOUNT) {
            detection.selfService(session);
        } else if (event.getType() == EventType.LOGIN) {
            Optional.ofNullable(session.users().getUserById(session.getContext().getRealm(), event.getUserId()))
                    .ifPresent(LastLogin::record);
        } else {
            new OwnChanges(session).onEvent(event);
        }
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        // The request's path says more about the reason: see DeactivationReason.
    }

    @Override
    public void close() {}
}
