package com.wisesync.keycloak.wisepay;

import com.wisesync.keycloak.OptIn;
import com.wisesync.keycloak.wisepay.Deactivation.AccountName;
import com.wisesync.keycloak.wisepay.Deactivation.Person;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.OrganizationModel.OrganizationMemberLeaveEvent;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserModel.UserPreRemovedEvent;
import org.keycloak.models.UserModel.UserRemovedEvent;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;

/**
 * Notices that a user is deleted or leaves their account. A user's memberships are deleted in bulk before the user is
 * (JpaUserProvider:174 of 26.7.3): this event is the last moment at which their account can be read.
 */
final class Departures implements ProviderEventListener {

    private final Noticing noticing;

    Departures(Noticing noticing) {
        this.noticing = noticing;
    }

    @Override
    public void onEvent(ProviderEvent event) {
        if (event instanceof UserPreRemovedEvent removed) {
            deleted(removed.getKeycloakSession(), removed.getRealm(), removed.getUser());
        } else if (event instanceof UserRemovedEvent removed) {
            deletedUnannounced(removed.getKeycloakSession(), removed.getRealm(), removed.getUser());
        } else if (event instanceof OrganizationMemberLeaveEvent leave) {
            left(leave.getSession(), leave.getOrganization(), leave.getUser());
        }
    }

    private void deleted(KeycloakSession session, RealmModel realm, UserModel user) {
        if (OptIn.of(realm) && user.getServiceAccountClientLink() == null) {
            AccountName account = new Memberships(Noticing.entities(session)).accountOf(user.getId());
            Person person = new Person(user.getId(), user.getUsername(), user.getEmail());
            noticing.in(session).deleted(new Noticed.Deleted(realm.getId(), person, account));
        }
    }

    /**
     * A federation's user whom it no longer knows goes without the event before (UserStorageManager:280 of 26.7.4), and so does what
     * could be known of the account.
     */
    private void deletedUnannounced(KeycloakSession session, RealmModel realm, UserModel user) {
        if (OptIn.of(realm) && user.getServiceAccountClientLink() == null) {
            Person person = new Person(user.getId(), user.getUsername(), user.getEmail());
            noticing.in(session).deletedUnlessKnown(new Noticed.Deleted(realm.getId(), person, null));
        }
    }

    private void left(KeycloakSession session, OrganizationModel organization, UserModel user) {
        RealmModel realm = session.getContext().getRealm();
        if (OptIn.of(realm)) {
            AccountName account = new AccountName(organization.getId(), organization.getName());
            noticing.in(session).left(user.getId(), new Noticed.Left(realm.getId(), account));
        }
    }
}
