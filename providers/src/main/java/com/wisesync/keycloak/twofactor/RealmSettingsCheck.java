package com.wisesync.keycloak.twofactor;

import com.wisesync.keycloak.OptIn;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;

/**
 * Checks the settings of realms at startup: a lockout must not disable users, and the final check for a second factor must
 * be enabled. Logs warnings and changes nothing.
 */
final class RealmSettingsCheck {

    private static final Logger LOG = Logger.getLogger(RealmSettingsCheck.class);

    private RealmSettingsCheck() {}

    static void check(KeycloakSession session) {
        session.realms()
                .getRealmsStream()
                .filter(OptIn::isActive)
                .forEach(realm ->
                        problems(realm).forEach(problem -> LOG.warnf("Realm '%s': %s", realm.getName(), problem)));
    }

    static List<String> problems(RealmModel realm) {
        List<String> problems = new ArrayList<>();
        if (realm.isPermanentLockout()) {
            problems.add("permanent lockout is on: anyone who knows a username can disable that user permanently");
        }
        if (realm.getMaxSecondaryAuthFailures() > 0) {
            problems.add("maxSecondaryAuthFailures is set: wrong second factors disable users permanently");
        }
        if (!realm.isBruteForceProtected()) {
            problems.add("brute-force protection is off: only wrong codes are limited, not wrong passwords");
        }
        RequiredActionProviderModel check = realm.getRequiredActionProviderByAlias(SecondFactorCheckFactory.ID);
        if (check == null || !check.isEnabled()) {
            problems.add("required action '" + SecondFactorCheckFactory.ID
                    + "' is off: a flow without a second factor ends in a session");
        }
        return problems;
    }
}
