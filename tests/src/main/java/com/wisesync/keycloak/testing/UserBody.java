package com.wisesync.keycloak.testing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Bodies of the admin API's calls that create or replace a user. Each is a new map, which a test may change. */
public final class UserBody {

    private UserBody() {}

    /** A user to create, who is invited by email and called Test Person. */
    public static Map<String, Object> newUser(String role, String email, String... companies) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("role", role);
        body.put("companies", List.of(companies));
        body.put("firstName", "Test");
        body.put("lastName", "Person");
        body.put("email", email);
        return body;
    }

    /** Replaces the data of a user. */
    public static Map<String, Object> edit(String role, String email, String username, String... companies) {
        return with(newUser(role, email, companies), "username", username);
    }

    /** The same body, with another name. */
    public static Map<String, Object> named(String firstName, String lastName, Map<String, Object> body) {
        return with(with(body, "firstName", firstName), "lastName", lastName);
    }

    /** The same body, with another or one more field. */
    public static Map<String, Object> with(Map<String, Object> body, String field, Object value) {
        body.put(field, value);
        return body;
    }
}
