package com.wisesync.keycloak.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The realm's own settings: login, events, themes, bound flows. The realm's name stays. The mail server is set as a whole if
 * the realm has none; later only values that the environment has are changed.
 *
 * <p>Runs last, because the event listener activates the extension.
 */
final class RealmSettings implements Section {

    private static final String[] OTHER_SECTIONS = {
        "realm",
        "displayName",
        "enabled",
        "roles",
        "clients",
        "clientScopes",
        "clientProfiles",
        "clientPolicies",
        "users",
        "organizations",
        "authenticationFlows",
        "authenticatorConfig",
        "requiredActions",
        "components"
    };
    private static final String SMTP = "smtpServer";
    private static final String ITEM = "settings";

    /** An option of the import, not an attribute of a realm. */
    private static final String IMPORT_ONLY = "CreateDefaultClientScopes";

    @Override
    public String name() {
        return "settings";
    }

    /** They opt in: from then on, the roles decide who may enter an application. */
    @Override
    public boolean grantsToRoles() {
        return true;
    }

    /** Whether the extension is active in the realm. */
    static boolean isOptedIn(ObjectNode realm) {
        return JsonTrees.texts(realm.get("eventsListeners")).anyMatch("wise-sync"::equals);
    }

    @Override
    public List<RealmChange> changes(Comparison comparison) {
        ManagedValues values = comparison.values();
        ObjectNode settings = JsonTrees.without(comparison.files(), OTHER_SECTIONS);
        settings.withObjectProperty("attributes").remove(IMPORT_ONLY);
        ObjectNode present = comparison.realm().realm();
        List<RealmChange> changes = new ArrayList<>();
        if (present.path(SMTP).path("host").asText().isEmpty()) {
            ObjectNode smtp = (ObjectNode) settings.remove(SMTP);
            if (values.placeholders().isUnset(smtp.path("host").asText())) {
                changes.add(RealmChange.remark(
                        ITEM, "smtpServer: the realm has no mail server, and the environment lacks SMTP_HOST"));
            } else {
                settings.set(SMTP, values.placeholders().resolvedIn(smtp));
            }
        }
        List<String> lines = values.overlay(name(), present, settings);
        if (!lines.isEmpty()) {
            changes.add(RealmChange.of(ITEM, lines, () -> comparison.realm().updateRealm(present)));
        }
        return changes;
    }
}
