package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.user.NewUser;
import java.util.List;

record NewUserRep(
        String role,
        List<String> companies,
        String firstName,
        String lastName,
        String email,
        String username,
        String password) {

    NewUser user() {
        Fields fields = new Fields();
        var checkedRole = fields.role(role);
        var checkedCompanies = fields.companies(companies);
        String first = fields.text("firstName", firstName);
        String last = fields.text("lastName", lastName);
        String checkedEmail = fields.text("email", email);
        String checkedUsername = fields.optional("username", username).orElse(checkedEmail);
        var checkedPassword = fields.secret("password", password);
        fields.done();
        return new NewUser(checkedRole, checkedCompanies, first, last, checkedEmail, checkedUsername, checkedPassword);
    }

    /** Without the password: records print what they hold. */
    @Override
    public String toString() {
        return "NewUserRep[" + email + "]";
    }
}
