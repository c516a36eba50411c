package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.SetupFinding;
import java.util.Locale;

/** A line of the startup check in the caller's language: what was checked, its state, and what to do. */
record SetupLineRep(String key, String state, String text) {

    static SetupLineRep of(SetupFinding finding, Texts texts) {
        return new SetupLineRep(finding.key(), finding.state().name().toLowerCase(Locale.ROOT), texts.format(finding));
    }
}
