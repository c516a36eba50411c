package com.wisesync.keycloak.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The realm's own settings: logins, events, themes, which flow is in use. Its name, and how it sends mail, are not ours
 * once it is there. Comes last, because with our event listener it is what switches everything on.
 */
final class Settings implements Subject {

    private static final String[] OTHER_SUBJECTS = {
        "realm",
        "displayName",
        "enabled",
        "roles",
        "clients",
        "clientScopes",
        "users",
        "organizations",
        "authenticationFlows",
        "authenticatorConfig",
        "requiredActions",
        "components"
    };
    private static final String SMTP = "smtpServer";
    private static final String ATTRIBUTES = "attributes";

    /** Says how to import, and is no attribute of a realm. */
    private static final String IMPORT_ONLY = "CreateDefaultClientScopes";

    @Override
    public List<Change> changes(ObjectNode wanted, AdminApi realm) {
        ObjectNode settings = Json.without(wanted, OTHER_SUBJECTS);
        settings.withObjectProperty(ATTRIBUTES).remove(IMPORT_ONLY);
        ObjectNode present = realm.realm();
        if (present.path(SMTP).hasNonNull("host")) {
            settings.remove(SMTP);
        }
        List<String> differences = new ArrayList<>(Json.overlay(present, settings));
        return differences.isEmpty()
                ? List.of()
                : List.of(new Change("realm: " + differences, () -> realm.realm(present)));
    }
}
