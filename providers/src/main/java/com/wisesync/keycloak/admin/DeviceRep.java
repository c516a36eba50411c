package com.wisesync.keycloak.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.wisesync.keycloak.twofactor.EnrolledDevices.Device;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.RecoveryAuthnCodesCredentialModel;

/** An enrolled device, without what it proves itself with. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DeviceRep(String type, String label, String createdAt) {

    static DeviceRep of(Device device) {
        return new DeviceRep(
                typeOf(device.type()), device.label(), device.createdAt().toString());
    }

    private static String typeOf(String credentialType) {
        return switch (credentialType) {
            case OTPCredentialModel.TYPE -> "app";
            case RecoveryAuthnCodesCredentialModel.TYPE -> "recovery-codes";
            default -> "key";
        };
    }
}
