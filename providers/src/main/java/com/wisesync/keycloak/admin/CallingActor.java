package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.user.Actor;

/** The caller, as those see them who change users. */
record CallingActor(Caller caller) implements Actor {

    @Override
    public String userId() {
        return caller.user().getId();
    }

    @Override
    public boolean isStaff() {
        return caller.isStaff();
    }

    @Override
    public boolean isAccountAdmin() {
        return caller.isAccountAdmin();
    }

    @Override
    public void requireRecentLogin() {
        caller.requireRecentLogin();
    }
}
