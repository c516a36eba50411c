package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.account.Account;
import java.util.LinkedHashMap;
import java.util.Map;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/**
 * Who changed what, as admin events: of the resource type the change is about, with what was there before and after. Nothing
 * given to it holds a secret.
 */
final class AuditTrail {

    private static final String COMPANY = "COMPANY";

    private final AdminEventBuilder events;

    AuditTrail(AdminEventBuilder events) {
        this.events = events;
    }

    /** @param action what was done, in the words of its path; null when before and after say it */
    void user(OperationType operation, Account account, String userId, String action, Object before, Object after) {
        events.resource(ResourceType.USER);
        if (action == null) {
            events.resourcePath("users", userId);
        } else {
            events.resourcePath("users", userId, action);
        }
        send(operation, account, before, after);
    }

    void account(OperationType operation, Account account, Object before, Object after) {
        events.resource(ResourceType.ORGANIZATION).resourcePath("organizations", account.id());
        send(operation, account, before, after);
    }

    void company(OperationType operation, Account account, String companyId, Object before, Object after) {
        events.resource(COMPANY).resourcePath("organizations", account.id(), "companies", companyId);
        send(operation, account, before, after);
    }

    private void send(OperationType operation, Account account, Object before, Object after) {
        Map<String, Object> representation = new LinkedHashMap<>();
        representation.put("account", Map.of("id", account.id(), "name", account.name()));
        if (before != null) {
            representation.put("before", before);
        }
        if (after != null) {
            representation.put("after", after);
        }
        events.operation(operation)
                .detail("account", account.id())
                .representation(representation)
                .success();
    }
}
