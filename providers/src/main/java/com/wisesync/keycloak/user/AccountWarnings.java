package com.wisesync.keycloak.user;

import com.wisesync.keycloak.Refusal.Reason;
import com.wisesync.keycloak.account.Account;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.jpa.entities.OrganizationEntity;

/** What somebody should see to in an account. Much of it can only come about by ways that lead around our API. */
public final class AccountWarnings {

    private final AccountUsers users;
    private final EntityManager em;

    public AccountWarnings(KeycloakSession session) {
        this.users = new AccountUsers(session);
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    public List<Reason> of(Account account) {
        List<Reason> warnings = new ArrayList<>();
        if (!account.enabled()) {
            warnings.add(Reason.of(null, "wiseSyncWarningDisabled"));
        }
        if (account.psa().isEmpty()) {
            warnings.add(Reason.of(null, "wiseSyncWarningNotConfigured"));
        }
        if (account.companies().isEmpty()) {
            warnings.add(Reason.of(null, "wiseSyncWarningNoCompany"));
        }
        if (users.count(account, AccountRules.enabledAdmins()) == 0) {
            warnings.add(Reason.of(null, "wiseSyncWarningNoAdmin"));
        }
        count(warnings, "wiseSyncWarningWithoutRole", users.countWithoutRole(account));
        count(warnings, "wiseSyncWarningWithoutCompany", users.countWithoutCompany(account));
        count(
                warnings,
                "wiseSyncWarningForeignMembers",
                members(account) - users.count(account, UserQuery.everybody(0, 1)));
        return warnings;
    }

    private static void count(List<Reason> warnings, String key, long count) {
        if (count > 0) {
            warnings.add(Reason.of(null, key, count));
        }
    }

    /** Also those who belong to no account, because they are members of another one too, or managed. */
    private long members(Account account) {
        OrganizationEntity organization = em.find(OrganizationEntity.class, account.id());
        return em.createQuery(
                        "SELECT COUNT(m.user.id) FROM UserGroupMembershipEntity m WHERE m.groupId = :group", Long.class)
                .setParameter("group", organization.getGroupId())
                .getSingleResult();
    }
}
