package com.wisesync.keycloak.twofactor;

import com.wisesync.keycloak.OptIn;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;

/**
 * Looks at the start whether the realms that want ours are set up so that a lockout harms nobody and the guard stands. It
 * warns and changes nothing: how a realm is set up is its administrator's to say.
 */
final class LockoutGuards {

    private static final Logger LOG = Logger.getLogger(LockoutGuards.class);

    private LockoutGuards() {}

    static void check(KeycloakSession session) {
        session.realms()
                .getRealmsStream()
                .filter(OptIn::isActive)
                .forEach(realm -> missing(realm).forEach(what -> LOG.warnf("Realm '%s': %s", realm.getName(), what)));
    }

    static List<String> missing(RealmModel realm) {
        List<String> missing = new ArrayList<>();
        if (realm.isPermanentLockout()) {
            missing.add("permanent lockout is on: anyone who knows a username can have that user disabled for good");
        }
        if (realm.getMaxSecondaryAuthFailures() > 0) {
            missing.add("maxSecondaryAuthFailures is set: wrong second factors disable users for good");
        }
        if (!realm.isBruteForceProtected()) {
            missing.add("brute-force protection is off: wrong codes are limited, wrong passwords are not");
        }
        RequiredActionProviderModel guard = realm.getRequiredActionProviderByAlias(GuardFactory.ID);
        if (guard == null || !guard.isEnabled()) {
            missing.add(
                    "required action '" + GuardFactory.ID + "' is off: a flow without second factor ends in a session");
        }
        return missing;
    }
}
