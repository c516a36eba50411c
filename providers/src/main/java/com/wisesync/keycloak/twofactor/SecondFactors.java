package com.wisesync.keycloak.twofactor;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.RecoveryAuthnCodesCredentialModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;

/**
 * The second factors that a user has enrolled. This class defines what counts as a second factor everywhere: in the login
 * policy, the list of users, notices, step-up and removal. Callers check permissions themselves.
 */
public final class SecondFactors {

    /** The credential types of all second factors. */
    public static final Set<String> TYPES = Set.of(
            OTPCredentialModel.TYPE,
            WebAuthnCredentialModel.TYPE_TWOFACTOR,
            WebAuthnCredentialModel.TYPE_PASSWORDLESS,
            RecoveryAuthnCodesCredentialModel.TYPE);

    /** Recovery codes only replace one of these: a user with nothing but recovery codes gets a code by email. */
    private static final Set<String> APPS_AND_KEYS = Set.of(
            OTPCredentialModel.TYPE, WebAuthnCredentialModel.TYPE_TWOFACTOR, WebAuthnCredentialModel.TYPE_PASSWORDLESS);

    private final UserModel user;

    /** @param user whose second factors are read or removed */
    public SecondFactors(UserModel user) {
        this.user = user;
    }

    /** Returns whether the user has enrolled a second factor of any type. */
    public boolean isAnyEnrolled() {
        return isEnrolled(TYPES);
    }

    /** Returns whether a login asks this user for an authenticator app, security key or passkey instead of a code by email. */
    public boolean isAppOrKeyEnrolled() {
        return isEnrolled(APPS_AND_KEYS);
    }

    /** Lists the enrolled second factors. */
    public List<Enrolled> list() {
        return user.credentialManager()
                .getStoredCredentialsStream()
                .filter(credential -> TYPES.contains(credential.getType()))
                .map(Enrolled::of)
                .toList();
    }

    /**
     * Removes all enrolled second factors. The next login asks for a code by email.
     *
     * @return the removed second factors
     */
    public List<Enrolled> removeAll() {
        List<Enrolled> enrolled = list();
        enrolled.forEach(factor -> user.credentialManager().removeStoredCredentialById(factor.id()));
        return enrolled;
    }

    private boolean isEnrolled(Set<String> types) {
        return types.stream().anyMatch(user.credentialManager()::isConfiguredFor);
    }

    /**
     * One enrolled second factor.
     *
     * @param id of the credential
     * @param type Keycloak's credential type, one of {@link #TYPES}
     * @param label the user's name for it; may be null
     * @param createdAt when it was enrolled; the epoch if Keycloak does not know
     */
    public record Enrolled(String id, String type, String label, Instant createdAt) {

        static Enrolled of(CredentialModel credential) {
            Long created = credential.getCreatedDate();
            return new Enrolled(
                    credential.getId(),
                    credential.getType(),
                    credential.getUserLabel(),
                    created == null ? Instant.EPOCH : Instant.ofEpochMilli(created));
        }
    }
}
