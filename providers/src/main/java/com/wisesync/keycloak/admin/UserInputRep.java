package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.role.Role;
import com.wisesync.keycloak.user.AccountUser;
import com.wisesync.keycloak.user.UserEdit;
import java.util.List;

record UserInputRep(
        String id,
        String role,
        List<String> companies,
        String firstName,
        String lastName,
        String email,
        String username) {

    /** Everything replaced. */
    UserEdit replacing(String pathId) {
        Fields fields = new Fields();
        fields.require(id == null || id.equals(pathId), "id", "wiseSyncIdDiffers");
        Role checkedRole = fields.role(role);
        UserEdit edit = new UserEdit(
                fields.text("firstName", firstName),
                fields.text("lastName", lastName),
                fields.text("email", email),
                fields.text("username", username),
                checkedRole,
                fields.companies(companies));
        fields.done();
        return edit;
    }

    /** First and last name replaced; what else was sent is kept to be compared. */
    UserEdit ofThemselves(String pathId, AccountUser now) {
        return new UserInputRep(
                        id,
                        role == null ? now.role().map(Role::roleName).orElse(null) : role,
                        companies == null ? now.companies() : companies,
                        firstName,
                        lastName,
                        email == null ? now.email() : email,
                        username == null ? now.username() : username)
                .replacing(pathId);
    }
}
