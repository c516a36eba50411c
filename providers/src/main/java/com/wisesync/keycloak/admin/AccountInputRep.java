package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.account.AccountSettings;
import com.wisesync.keycloak.account.Psa;
import com.wisesync.keycloak.account.TwoFactorMode;

record AccountInputRep(String id, String name, String psa, String twoFactorMode, Boolean enabled) {

    /** @param pathId null for an account that is to be */
    AccountSettings settings(String pathId) {
        Fields fields = new Fields();
        fields.require(id == null || id.equals(pathId), "id", "wiseSyncIdDiffers");
        String checkedName = fields.text("name", name);
        var checkedPsa = fields.choice("psa", psa, Psa::of);
        var mode = fields.choice("twoFactorMode", twoFactorMode, TwoFactorMode::of);
        fields.done();
        return new AccountSettings(
                checkedName, checkedPsa, mode.orElse(TwoFactorMode.REQUIRED), enabled == null || enabled);
    }
}
