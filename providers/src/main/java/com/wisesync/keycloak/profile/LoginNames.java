package com.wisesync.keycloak.profile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.keycloak.models.UserModel;

/** Username and e-mail address as they came in, before any rule looks at them. */
final class LoginNames {

    private LoginNames() {}

    /** Without space around them; the username of a new user is their e-mail address unless they have one. */
    static Map<String, ?> tidied(Map<String, ?> attributes, boolean newUser) {
        Map<String, Object> tidied = new HashMap<>(attributes == null ? Map.of() : attributes);
        tidied.computeIfPresent(UserModel.USERNAME, (name, value) -> stripped(value));
        tidied.computeIfPresent(UserModel.EMAIL, (name, value) -> stripped(value));
        if (newUser && isBlank(tidied.get(UserModel.USERNAME)) && !isBlank(tidied.get(UserModel.EMAIL))) {
            tidied.put(UserModel.USERNAME, tidied.get(UserModel.EMAIL));
        }
        return tidied;
    }

    private static List<String> stripped(Object value) {
        return values(value).map(String::strip).toList();
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
