package com.wisesync.keycloak.activity;

import com.fasterxml.jackson.databind.JsonNode;
import org.keycloak.events.admin.OperationType;

/** The kind of an admin event, by its operation and the part of its resource path below the user or account. */
final class AdminEventKinds {

    private AdminEventKinds() {}

    static ActivityKind ofAccount(OperationType operation, String below) {
        if (below.startsWith("companies/")) {
            return switch (operation) {
                case CREATE -> ActivityKind.COMPANY_CONNECTED;
                case DELETE -> ActivityKind.COMPANY_DISCONNECTED;
                default -> ActivityKind.COMPANY_CHANGED;
            };
        }
        if (below.startsWith("scim/tokens/")) {
            return operation == OperationType.DELETE
                    ? ActivityKind.SCIM_TOKEN_REVOKED
                    : ActivityKind.SCIM_TOKEN_CREATED;
        }
        if (below.equals("scim")) {
            return ActivityKind.SCIM_COMPANIES_CHANGED;
        }
        return operation == OperationType.CREATE ? ActivityKind.ACCOUNT_CREATED : ActivityKind.ACCOUNT_CHANGED;
    }

    /**
     * A user who is enabled or disabled together with another change is an entry of the kind enabled or disabled.
     *
     * @param details what this API records; missing for events of Keycloak's own API
     * @return null for events that have a list of their own
     */
    static ActivityKind ofUser(OperationType operation, String below, JsonNode details) {
        return switch (below) {
            case "" ->
                switch (operation) {
                    case CREATE -> ActivityKind.CREATED;
                    case DELETE -> ActivityKind.DELETED;
                    default -> enabledKind(details);
                };
            // By someone else after the directory: the user stays disabled.
            case "disable" -> ActivityKind.DISABLED;
            case "password" -> ActivityKind.PASSWORD_CHANGED;
            // Keycloak's own API sets a password with it, this one sends a link.
            case "reset-password" ->
                details.isMissingNode() ? ActivityKind.PASSWORD_CHANGED : ActivityKind.PASSWORD_LINK_MAILED;
            case "execute-actions-email" -> ActivityKind.PASSWORD_LINK_MAILED;
            case "invitation" ->
                operation == OperationType.DELETE ? ActivityKind.INVITATION_REVOKED : ActivityKind.INVITATION_MAILED;
            case "two-factor" -> ActivityKind.DEVICES_REMOVED;
            case "unlock" -> ActivityKind.UNLOCKED;
            case "sessions", "logout" -> ActivityKind.SESSIONS_ENDED;
            case "autotask-account" ->
                operation == OperationType.DELETE ? ActivityKind.AUTOTASK_REMOVED : ActivityKind.AUTOTASK_STORED;
            case "autotask-account/secret" -> ActivityKind.AUTOTASK_READ;
            case "impersonation" -> ActivityKind.IMPERSONATED;
            case "scim-link" -> ActivityKind.SCIM_CHANGED;
            default -> {
                if (below.startsWith("deactivations/")) {
                    yield null;
                }
                yield below.startsWith("credentials/") ? ActivityKind.DEVICES_REMOVED : ActivityKind.CHANGED;
            }
        };
    }

    private static ActivityKind enabledKind(JsonNode details) {
        boolean before = details.at("/before/enabled").asBoolean();
        boolean after = details.at("/after/enabled").asBoolean();
        if (before == after) {
            return ActivityKind.CHANGED;
        }
        return after ? ActivityKind.ENABLED : ActivityKind.DISABLED;
    }
}
