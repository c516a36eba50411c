package com.wisesync.keycloak.wisepay;

import com.wisesync.keycloak.lifecycle.Events;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;

/** Each test of detection has a user with active links, in an account of their own. */
abstract class DetectionSetup {

    final Testbed testbed = Testbed.get();
    final Notifications notifications = new Notifications();
    final Api admin = notifications.admin();
    final String account = notifications.account();
    final Person person = notifications.personWithLinks(account);
    final Events events = new Events();
}
