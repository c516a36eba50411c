package com.wisesync.keycloak.admin;

record AutotaskAccountInputRep(String username, String password) {

    /** Without the password: records print what they hold. */
    @Override
    public String toString() {
        return "AutotaskAccountInputRep[]";
    }
}
