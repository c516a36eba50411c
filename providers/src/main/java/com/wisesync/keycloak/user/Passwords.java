package com.wisesync.keycloak.user;

import com.wisesync.keycloak.Refusal;
import java.util.Objects;
import java.util.stream.Stream;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.credential.PasswordCredentialProvider;
import org.keycloak.credential.PasswordCredentialProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserCredentialModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.policy.PasswordPolicyManagerProvider;
import org.keycloak.policy.PolicyError;

/** Checks and sets passwords: first the minimum rules, then the realm's password policy. */
final class Passwords {

    private static final String FIELD = "password";
    private static final int MIN = 6;
    /** A longer password only costs time to hash. */
    private static final int MAX = 255;

    private final KeycloakSession session;
    private final PasswordPolicyManagerProvider policy;

    Passwords(KeycloakSession session) {
        this.session = session;
        this.policy = session.getProvider(PasswordPolicyManagerProvider.class);
    }

    /**
     * Checks a password.
     *
     * @param username may be empty, if it is not known
     * @param email may be empty or null, if it is not known
     * @throws Refusal if the password is too short or too long, equals the username or email, or violates the policy
     */
    void check(String password, String username, String email) {
        if (password.length() < MIN) {
            throw Refusal.invalid(FIELD, "wiseSyncPasswordTooShort", MIN);
        }
        if (password.length() > MAX) {
            throw Refusal.invalid(FIELD, "wiseSyncPasswordTooLong", MAX);
        }
        if (Stream.of(username, email).filter(Objects::nonNull).anyMatch(password::equalsIgnoreCase)) {
            throw Refusal.invalid(FIELD, "wiseSyncPasswordIsName");
        }
        refuse(policy.validate(known(username), password));
        if (email != null && !email.equals(username)) {
            refuse(policy.validate(known(email), password));
        }
    }

    /** @throws Refusal as {@link #check} */
    void set(UserModel user, String password) {
        check(password, user.getUsername(), user.getEmail());
        user.credentialManager().updateCredential(UserCredentialModel.password(password));
    }

    /**
     * Sets a password that has been hashed before.
     *
     * @throws Refusal as {@link #check}
     */
    void set(UserModel user, String password, PasswordCredentialModel hash) {
        check(password, user.getUsername(), user.getEmail());
        CredentialProvider<?> credentials =
                session.getProvider(CredentialProvider.class, PasswordCredentialProviderFactory.PROVIDER_ID);
        ((PasswordCredentialProvider) credentials)
                .createCredential(session.getContext().getRealm(), user, hash);
    }

    /** Every password contains an empty name. */
    private static String known(String name) {
        return name.isEmpty() ? null : name;
    }

    private static void refuse(PolicyError error) {
        if (error != null) {
            Object[] params = error.getParameters() == null ? new Object[0] : error.getParameters();
            throw Refusal.invalid(FIELD, error.getMessage(), params);
        }
    }
}
