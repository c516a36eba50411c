package com.wisesync.keycloak.twofactor;

import java.util.Set;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;

/** The credentials that our flows ask for as a second factor. */
public final class Devices {

    /** The credential types. */
    public static final Set<String> TYPES = Set.of(OTPCredentialModel.TYPE, WebAuthnCredentialModel.TYPE_TWOFACTOR);

    private Devices() {}

    static boolean enrolledBy(UserModel user) {
        return TYPES.stream().anyMatch(user.credentialManager()::isConfiguredFor);
    }
}
