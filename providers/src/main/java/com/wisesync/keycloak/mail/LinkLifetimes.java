package com.wisesync.keycloak.mail;

import java.time.Duration;
import org.keycloak.models.RealmModel;

/** How long emailed links are valid: realm settings. */
final class LinkLifetimes {

    /** The realm attribute with the lifetime of invitations, in seconds. */
    static final String INVITATION = "wise-sync.invitation-lifespan";

    /** Keycloak's name for the links of "Forgot password?" (ResetCredentialsActionToken, 26.7). */
    private static final String USER_REQUESTED = "reset-credentials";

    /** The longest time for which a used link is remembered. */
    static final long MAX_SECONDS = 30L * 24 * 60 * 60;

    private static final int SEVEN_DAYS = 7 * 24 * 60 * 60;

    private LinkLifetimes() {}

    static Duration ofInvitation(RealmModel realm) {
        return bounded(realm.getAttribute(INVITATION, SEVEN_DAYS));
    }

    /** @param byUser whether the user requested the link, and not an admin */
    static Duration ofPasswordLink(RealmModel realm, boolean byUser) {
        return bounded(
                byUser
                        ? realm.getActionTokenGeneratedByUserLifespan(USER_REQUESTED)
                        : realm.getActionTokenGeneratedByAdminLifespan());
    }

    /** A used link that is valid for longer would be accepted again. */
    private static Duration bounded(int seconds) {
        return Duration.ofSeconds(Math.min(seconds, MAX_SECONDS));
    }
}
