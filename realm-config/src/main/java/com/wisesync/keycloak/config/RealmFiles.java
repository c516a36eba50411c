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
 * The realm as one document, merged from the readable files under {@code realm/}. Placeholders of the form
 * <code>${NAME:default}</code> stay as they are: Keycloak's import resolves them from the environment.
 */
public final class RealmFiles {

    private static final List<String> PRODUCTION = List.of(
            "realm.yaml",
            "roles.yaml",
            "flows.yaml",
            "required-actions.yaml",
            "client-scope.yaml",
            "clients.yaml",
            "user-profile.yaml",
            "themes.yaml");
    private static final String DEMO = "demo.yaml";
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private RealmFiles() {}

    /** What a production realm starts with: no account, no person, no secret. */
    public static ObjectNode production() {
        ObjectNode realm = JSON.createObjectNode();
        PRODUCTION.forEach(file -> Merge.into(realm, read(file)));
        UserProfile.intoComponent(realm);
        return realm;
    }

    /** The same with the demo people, their accounts and known client secrets. */
    public static ObjectNode withDemo() {
        ObjectNode realm = production();
        Merge.into(realm, read(DEMO));
        return realm;
    }

    public static String json(ObjectNode realm) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(realm);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
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
