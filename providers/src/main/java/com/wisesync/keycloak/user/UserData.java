package com.wisesync.keycloak.user;

import com.wisesync.keycloak.LoginNameClaims;
import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.Refusal.Reason;
import com.wisesync.keycloak.account.Company;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.services.messages.Messages;
import org.keycloak.userprofile.UserProfileContext;
import org.keycloak.userprofile.UserProfileProvider;
import org.keycloak.userprofile.ValidationException;

/** Reads and writes the data of users through the realm's User Profile, so that its validators apply. */
final class UserData {

    private final UserProfileProvider profiles;

    UserData(KeycloakSession session) {
        this.profiles = session.getProvider(UserProfileProvider.class);
    }

    /** Creates a user whose data was {@link #check checked} in this transaction. */
    UserModel createChecked(NewUser user) {
        return profiles.create(UserProfileContext.USER_API, attributes(user)).create(false);
    }

    /**
     * Validates the data of a new user.
     *
     * @throws Refusal with all problems
     */
    void check(NewUser user) {
        try {
            profiles.create(UserProfileContext.USER_API, attributes(user)).validate();
        } catch (ValidationException e) {
            throw refusal(e);
        }
    }

    /**
     * Validates and writes the data of a user. Other attributes stay as they are.
     *
     * @throws Refusal with all problems
     */
    void update(UserModel user, UserEdit edit) {
        // The User Profile removes a declared attribute that it is not given.
        Map<String, List<String>> attributes = new HashMap<>(user.getAttributes());
        attributes.putAll(attributes(edit.username(), edit.email(), edit.firstName(), edit.lastName()));
        attributes.put(Company.USER_ATTRIBUTE, edit.companies());
        try {
            profiles.create(UserProfileContext.USER_API, attributes, user).update(false);
            // The User Profile ignores an empty list (DefaultUserProfile, 26.7.4).
            if (edit.companies().isEmpty() && user.getFirstAttribute(Company.USER_ATTRIBUTE) != null) {
                user.removeAttribute(Company.USER_ATTRIBUTE);
            }
        } catch (ValidationException e) {
            throw refusal(e);
        }
    }

    private static Map<String, List<String>> attributes(NewUser user) {
        return attributes(user.username(), user.email(), user.firstName(), user.lastName());
    }

    private static Map<String, List<String>> attributes(
            String username, String email, String firstName, String lastName) {
        Map<String, List<String>> attributes = new HashMap<>();
        attributes.put(UserModel.USERNAME, List.of(LoginNameClaims.normalize(username)));
        attributes.put(UserModel.EMAIL, List.of(LoginNameClaims.normalize(email)));
        attributes.put(UserModel.FIRST_NAME, List.of(firstName));
        attributes.put(UserModel.LAST_NAME, List.of(lastName));
        return attributes;
    }

    private static Refusal refusal(ValidationException e) {
        boolean taken = e.hasError(Messages.EMAIL_EXISTS, Messages.USERNAME_EXISTS);
        List<Reason> reasons = e.getErrors().stream()
                .map(error ->
                        new Reason(error.getAttribute(), error.getMessage(), params(error.getMessageParameters())))
                .toList();
        return new Refusal(taken ? Refusal.Kind.CONFLICT : Refusal.Kind.INVALID, reasons);
    }

    private static List<Object> params(Object[] params) {
        return params == null
                ? List.of()
                : Stream.of(params)
                        .map(param -> Objects.requireNonNullElse(param, ""))
                        .toList();
    }
}
