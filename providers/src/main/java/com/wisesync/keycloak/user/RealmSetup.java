package com.wisesync.keycloak.user;

import com.wisesync.keycloak.SetupCheck;
import com.wisesync.keycloak.SetupFinding;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.PasswordPolicy;
import org.keycloak.models.RealmModel;

/** Checks the realm settings that the rules for users depend on. */
public final class RealmSetup implements SetupCheck {

    private static final int SHORTEST_PASSWORD = 6;
    private static final String LENGTH = "length";

    @Override
    public Stream<SetupFinding> findings(KeycloakSession session, RealmModel realm) {
        return Stream.of(
                SetupFinding.require(realm.isOrganizationsEnabled(), "organizations"),
                SetupFinding.require(realm.isLoginWithEmailAllowed(), "login-with-email"),
                SetupFinding.require(!realm.isDuplicateEmailsAllowed(), "duplicate-emails"),
                SetupFinding.require(!realm.isRegistrationAllowed(), "registration"),
                SetupFinding.require(realm.isEventsEnabled() && realm.isAdminEventsEnabled(), "events"),
                passwordPolicy(realm.getPasswordPolicy()));
    }

    private static SetupFinding passwordPolicy(PasswordPolicy policy) {
        Object length = policy.getPolicies().contains(LENGTH) ? policy.getPolicyConfig(LENGTH) : null;
        return length instanceof Integer number && number >= SHORTEST_PASSWORD
                ? SetupFinding.ok("password-policy")
                : SetupFinding.warning("password-policy", "wrong", SHORTEST_PASSWORD);
    }
}
