package com.wisesync.keycloak.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Merges the readable files under {@code realm/} to one realm. Placeholders of the form <code>${NAME:default}</code> stay:
 * Keycloak's import resolves them from the environment.
 */
public final class RealmFiles {

    private static final List<String> PRODUCTION = List.of(
            "realm.yaml",
            "roles.yaml",
            "flows.yaml",
            "required-actions.yaml",
            "client-scope.yaml",
            "client-policies.yaml",
            "clients.yaml",
            "user-profile.yaml",
            "themes.yaml");
    private static final String DEMO = "demo.yaml";
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private RealmFiles() {}

    /** The production realm: no account, no user except a service account, no secret. */
    public static ObjectNode production() {
        ObjectNode realm = JSON.createObjectNode();
        PRODUCTION.forEach(file -> Merge.into(realm, read(file)));
        UserProfile.intoComponent(realm);
        return realm;
    }

    /** The production realm with the demo's users, accounts and known client secrets. */
    public static ObjectNode withDemo() {
        ObjectNode realm = production();
        Merge.into(realm, read(DEMO));
        return realm;
    }

    /** The realm as Keycloak imports it. */
    public static String json(ObjectNode realm) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(realm);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Ownership ownership() {
        return new Ownership(read("ownership.yaml"));
    }

    private static ObjectNode read(String file) {
        try (InputStream yaml = RealmFiles.class.getResourceAsStream("/realm/" + file)) {
            if (yaml == null) {
                throw new IllegalStateException("No realm file " + file);
            }
            return YAML.readValue(yaml, ObjectNode.class);
        } catch (IOException e) {
            throw new UncheckedIOException("Realm file " + file, e);
        }
    }
}
