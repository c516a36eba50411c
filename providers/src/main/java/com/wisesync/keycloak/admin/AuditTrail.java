package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.admin.AccountReps.AccountReferenceRep;
import com.wisesync.keycloak.wisepay.StoredDeactivation;
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
    private static final String DEACTIVATION = "DEACTIVATION";

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
        send(operation, named(account), before, after);
    }

    void account(OperationType operation, Account account, Object before, Object after) {
        events.resource(ResourceType.ORGANIZATION).resourcePath("organizations", account.id());
        send(operation, named(account), before, after);
    }

    void company(OperationType operation, Account account, String companyId, Object before, Object after) {
        events.resource(COMPANY).resourcePath("organizations", account.id(), "companies", companyId);
        send(operation, named(account), before, after);
    }

    /** Staff decided about a deactivation. The user, and even the account, may not exist any more. */
    void deactivation(String stateBefore, StoredDeactivation after) {
        events.resource(DEACTIVATION).resourcePath("users", after.user().id(), "deactivations", after.id());
        AccountReferenceRep account = after.account() == null
                ? null
                : new AccountReferenceRep(after.account().id(), after.account().name());
        send(OperationType.ACTION, account, Map.of("state", stateBefore), after);
    }

    /** Staff sent all failed deactivations again. */
    void deactivationsRetried(int retried) {
        events.resource(DEACTIVATION).resourcePath("deactivations", "retry");
        send(OperationType.ACTION, null, null, Map.of("retried", retried));
    }

    private static AccountReferenceRep named(Account account) {
        return new AccountReferenceRep(account.id(), account.name());
    }

    /** @param account null when there was none */
    private void send(OperationType operation, AccountReferenceRep account, Object before, Object after) {
        Map<String, Object> representation = new LinkedHashMap<>();
        if (account != null) {
            representation.put("account", account);
            events.detail("account", account.id());
        }
        if (before != null) {
            representation.put("before", before);
        }
        if (after != null) {
            representation.put("after", after);
        }
        events.operation(operation).representation(representation).success();
    }
}
