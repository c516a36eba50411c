package com.wisesync.keycloak.admin;

record PasswordRep(String password) {

    String checked() {
        Fields fields = new Fields();
        fields.require(password != null, "password", "wiseSyncFieldMissing");
        String checked = fields.secret("password", password).orElse("");
        fields.done();
        return checked;
    }

    /** Without the password: records print what they hold. */
    @Override
    public String toString() {
        return "PasswordRep[]";
    }
}
