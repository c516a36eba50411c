package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.admin.AccountReps.AccountReferenceRep;
import com.wisesync.keycloak.admin.UserReps.UserRep;
import com.wisesync.keycloak.user.UserImport;
import com.wisesync.keycloak.wisepay.StoredDeactivation;
import java.util.LinkedHashMap;
import java.util.Map;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/**
 * Publishes changes as admin events: with actor, resource type, and the representation before and after the change. Callers pass
 * no secrets.
 */
final class AuditTrail {

    private static final String COMPANY = "COMPANY";
    private static final String DEACTIVATION = "DEACTIVATION";
    private static final String LIFECYCLE = "LIFECYCLE";
    private static final String SCIM = "SCIM";

    private final AdminEventBuilder events;

    AuditTrail(AdminEventBuilder events) {
        this.events = events;
    }

    /**
     * The action of a user who is disabled. If the directory had disabled the user already, nothing in the representation shows that
     * the user now stays disabled.
     */
    static String disableAction(boolean wasEnabled) {
        return wasEnabled ? null : "disable";
    }

    /** @param action the last part of the event's path; null if the representations show the change */
    void user(OperationType operation, Account account, String userId, String action, Object before, Object after) {
        events.resource(ResourceType.USER);
        if (action == null) {
            events.resourcePath("users", userId);
        } else {
            events.resourcePath("users", userId, action);
        }
        send(operation, named(account), before, after);
    }

    /** The users created by an import. */
    void imported(Account account, UserImport.Result result) {
        result.rows().stream()
                .filter(row -> result.created().containsKey(row.number()))
                .forEach(row -> {
                    String id = result.created().get(row.number());
                    UserRep after = UserRep.imported(id, row.user());
                    user(OperationType.CREATE, account, id, null, null, after);
                });
    }

    void account(OperationType operation, Account account, Object before, Object after) {
        events.resource(ResourceType.ORGANIZATION).resourcePath("organizations", account.id());
        send(operation, named(account), before, after);
    }

    void company(OperationType operation, Account account, String companyId, Object before, Object after) {
        events.resource(COMPANY).resourcePath("organizations", account.id(), "companies", companyId);
        send(operation, named(account), before, after);
    }

    /** @param tokenId of the token that was created or revoked; null if the settings were changed */
    void scim(OperationType operation, Account account, String tokenId, Object before, Object after) {
        events.resource(SCIM);
        if (tokenId == null) {
            events.resourcePath("organizations", account.id(), "scim");
        } else {
            events.resourcePath("organizations", account.id(), "scim", "tokens", tokenId);
        }
        send(operation, named(account), before, after);
    }

    /** Staff released, dismissed or retried a deactivation. The user and the account may have been deleted. */
    void deactivation(String stateBefore, StoredDeactivation after) {
        events.resource(DEACTIVATION).resourcePath("users", after.user().id(), "deactivations", after.id());
        AccountReferenceRep account = after.account() == null
                ? null
                : new AccountReferenceRep(after.account().id(), after.account().name());
        send(OperationType.ACTION, account, Map.of("state", stateBefore), after);
    }

    /** Staff retried all failed deactivations. */
    void deactivationsRetried(int retried) {
        events.resource(DEACTIVATION).resourcePath("deactivations", "retry");
        send(OperationType.ACTION, null, null, Map.of("retried", retried));
    }

    /** Staff sent all users to an application again. */
    void lifecycleResent(String clientId) {
        events.resource(LIFECYCLE).resourcePath("lifecycle", clientId, "resend");
        send(OperationType.ACTION, null, null, null);
    }

    private static AccountReferenceRep named(Account account) {
        return new AccountReferenceRep(account.id(), account.name());
    }

    /** @param account null if the event concerns no account */
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
