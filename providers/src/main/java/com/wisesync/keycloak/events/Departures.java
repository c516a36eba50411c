package com.wisesync.keycloak.events;

import com.wisesync.keycloak.lifecycle.LifecycleDetection;
import com.wisesync.keycloak.wisepay.Detection;
import org.keycloak.models.OrganizationModel.OrganizationMemberLeaveEvent;
import org.keycloak.models.UserModel.UserPreRemovedEvent;
import org.keycloak.models.UserModel.UserRemovedEvent;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;

/**
 * Detects that a user is deleted or leaves an account. Keycloak deletes a user's memberships before the user
 * (JpaUserProvider:174 of 26.7.3), so {@link UserPreRemovedEvent} is the last moment at which the account can be read.
 */
final class Departures implements ProviderEventListener {

    private final Detection detection;
    private final LifecycleDetection lifecycle;

    Departures(Detection detection, LifecycleDetection lifecycle) {
        this.detection = detection;
        this.lifecycle = lifecycle;
    }

    @Override
    public void onEvent(ProviderEvent event) {
        if (event instanceof UserPreRemovedEvent removed) {
            detection.deleted(removed.getKeycloakSession(), removed.getRealm(), removed.getUser());
            lifecycle.deleted(removed.getKeycloakSession(), removed.getRealm(), removed.getUser());
        } else if (event instanceof UserRemovedEvent removed) {
            detection.deletedWithoutAnnouncement(removed.getKeycloakSession(), removed.getRealm(), removed.getUser());
        } else if (event instanceof OrganizationMemberLeaveEvent leave) {
            detection.left(leave.getSession(), leave.getOrganization(), leave.getUser());
        }
    }
}
