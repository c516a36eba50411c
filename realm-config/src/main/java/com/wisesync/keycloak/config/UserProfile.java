package com.wisesync.keycloak.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;

/**
 * Converts the readable {@code userProfile} of the files to the form of a realm: a component with the whole profile as text
 * in one setting.
 */
final class UserProfile {

    static final String FIELD = "userProfile";

    private static final String COMPONENT_TYPE = "org.keycloak.userprofile.UserProfileProvider";
    private static final String PROVIDER_ID = "declarative-user-profile";
    private static final String SETTING = "kc.user.profile.config";

    private static final ObjectMapper JSON = new ObjectMapper();

    private UserProfile() {}

    /** Reads the profile of a merged realm. */
    static ObjectNode of(ObjectNode realm) {
        try {
            return (ObjectNode) JSON.readTree(realm.at("/components/" + COMPONENT_TYPE + "/0/config/" + SETTING + "/0")
                    .asText());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void intoComponent(ObjectNode realm) {
        ObjectNode component = realm.withObjectProperty("components")
                .withArrayProperty(COMPONENT_TYPE)
                .addObject()
                .put("providerId", PROVIDER_ID);
        component.putObject("subComponents");
        component.putObject("config").putArray(SETTING).add(realm.remove(FIELD).toString());
    }
}
