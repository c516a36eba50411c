package com.wisesync.keycloak.scim;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.wisesync.keycloak.role.Role;
import com.wisesync.keycloak.user.AccountUser;
import com.wisesync.keycloak.user.DirectoryUser;

/** A user as SCIM shows it. */
final class UserJson {

    private final ScimCall call;

    UserJson(ScimCall call) {
        this.call = call;
    }

    /** The version as a weak ETag: equal versions have equal values, not equal bytes. */
    static String etag(DirectoryUser user) {
        return "W/\"" + user.version() + "\"";
    }

    ObjectNode of(DirectoryUser user) {
        AccountUser stored = user.user();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putArray("schemas").add(Discovery.USER).add(Discovery.EXTENSION);
        json.put("id", stored.id());
        user.externalId().ifPresent(id -> json.put("externalId", id));
        json.put("userName", stored.username());
        ObjectNode name = json.putObject("name");
        name.put("formatted", stored.displayName());
        putIfPresent(name, "givenName", stored.firstName());
        putIfPresent(name, "familyName", stored.lastName());
        json.put("displayName", stored.displayName());
        json.put("active", stored.enabled());
        ArrayNode emails = json.putArray("emails");
        if (stored.email() != null) {
            emails.addObject().put("value", stored.email()).put("type", "work").put("primary", true);
        }
        ObjectNode extension = json.putObject(Discovery.EXTENSION);
        putIfPresent(extension, "role", stored.role().map(Role::roleName).orElse(null));
        ArrayNode companies = extension.putArray("companies");
        stored.companies().forEach(companies::add);
        json.putObject("meta")
                .put("resourceType", "User")
                .put("created", user.createdAt().toString())
                .put("lastModified", user.modifiedAt().toString())
                .put("location", call.location("Users/" + stored.id()).toString())
                .put("version", etag(user));
        return json;
    }

    private static void putIfPresent(ObjectNode node, String name, String value) {
        if (value != null) {
            node.put(name, value);
        }
    }
}
