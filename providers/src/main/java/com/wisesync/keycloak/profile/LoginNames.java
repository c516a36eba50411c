package com.wisesync.keycloak.profile;

import com.wisesync.keycloak.EmailAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.keycloak.models.UserModel;

/** Normalizes username and email before they are validated. */
final class LoginNames {

    private LoginNames() {}

    /**
     * The attributes with username and email {@link EmailAddress#normalize normalized}. The username of a new user defaults to
     * the email.
     */
    static Map<String, ?> normalized(Map<String, ?> attributes, boolean newUser) {
        Map<String, Object> normalized = new HashMap<>(attributes == null ? Map.of() : attributes);
        normalized.computeIfPresent(UserModel.USERNAME, (name, value) -> addresses(value));
        normalized.computeIfPresent(UserModel.EMAIL, (name, value) -> addresses(value));
        if (newUser && isBlank(normalized.get(UserModel.USERNAME)) && !isBlank(normalized.get(UserModel.EMAIL))) {
            normalized.put(UserModel.USERNAME, normalized.get(UserModel.EMAIL));
        }
        return normalized;
    }

    private static List<String> addresses(Object value) {
        return values(value).map(EmailAddress::normalize).toList();
    }

    private static boolean isBlank(Object value) {
        return values(value).allMatch(String::isBlank);
    }

    private static Stream<String> values(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().filter(Objects::nonNull).map(Object::toString);
        }
        return Stream.ofNullable(value).map(Object::toString);
    }
}
