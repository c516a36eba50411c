package com.wisesync.keycloak.events;

import com.wisesync.keycloak.OptIn;
import com.wisesync.keycloak.account.ScimLink;
import com.wisesync.keycloak.lifecycle.LifecycleDetection;
import com.wisesync.keycloak.wisepay.Detection;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel.OrganizationMemberLeaveEvent;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserModel.UserPreRemovedEvent;
import org.keycloak.models.UserModel.UserRemovedEvent;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;

/**
 * Detects that a user is deleted or leaves an account, whose directory then no longer manages the user. Keycloak deletes a user's
 * memberships before the user (JpaUserProvider:174 of 26.7.3), so {@link UserPreRemovedEvent} is the last moment at which the
 * account can be read.
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
            clearScimLink(leave.getSession(), leave.getUser().getId());
        }
    }

    /**
     * The link has no account: without this, the directory of the next account would manage the user. The user may be deleted
     * already, with the identity provider of the account (JpaOrganizationProvider.removeMember, 26.7.4).
     */
    private static void clearScimLink(KeycloakSession session, String userId) {
        RealmModel realm = session.getContext().getRealm();
        UserModel user = OptIn.isActive(realm) ? session.users().getUserById(realm, userId) : null;
        if (user != null && ScimLink.of(user).isPresent()) {
            ScimLink.clear(user);
        }
    }
}
