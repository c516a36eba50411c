package com.wisesync.keycloak.twofactor;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.RecoveryAuthnCodesCredentialModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;

/** The apps and keys that a user has enrolled: one's own rights are the caller's to check. */
public final class EnrolledDevices {

    /** Recovery codes stand for a device, and a passkey is one: removing the devices leaves neither behind. */
    private static final Set<String> TYPES = Set.of(
            OTPCredentialModel.TYPE,
            WebAuthnCredentialModel.TYPE_TWOFACTOR,
            WebAuthnCredentialModel.TYPE_PASSWORDLESS,
            RecoveryAuthnCodesCredentialModel.TYPE);

    private final UserModel user;

    public EnrolledDevices(UserModel user) {
        this.user = user;
    }

    /** Whether a login asks this user for a device rather than for a mailed code. */
    public boolean any() {
        return Devices.enrolledBy(user);
    }

    public List<Device> list() {
        return user.credentialManager()
                .getStoredCredentialsStream()
                .filter(credential -> TYPES.contains(credential.getType()))
                .map(Device::of)
                .toList();
    }

    /** The next login mails a code again. Answers what was removed. */
    public List<Device> removeAll() {
        List<Device> devices = list();
        devices.forEach(device -> user.credentialManager().removeStoredCredentialById(device.id()));
        return devices;
    }

    /**
     * One device.
     *
     * @param type as Keycloak names the credential's type
     * @param label what the user called it; may be null
     */
    public record Device(String id, String type, String label, Instant createdAt) {

        static Device of(CredentialModel credential) {
            Long created = credential.getCreatedDate();
            return new Device(
                    credential.getId(),
                    credential.getType(),
                    credential.getUserLabel(),
                    created == null ? Instant.EPOCH : Instant.ofEpochMilli(created));
        }
    }
}
