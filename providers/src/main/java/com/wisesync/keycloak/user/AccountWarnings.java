package com.wisesync.keycloak.user;

import com.wisesync.keycloak.LastLogin;
import com.wisesync.keycloak.Refusal.Reason;
import com.wisesync.keycloak.access.AccessRules;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.AccountingPackage;
import com.wisesync.keycloak.account.Company;
import com.wisesync.keycloak.role.Role;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.utils.EmailValidationUtil;

/**
 * Warnings about accounts, for example that an account has no enabled admin. Most of them can only be caused by stock paths.
 * Takes the same number of statements for any number of accounts.
 */
public final class AccountWarnings {

    /** A user of the account, as in {@link AccountUsers}, not only a member of its organization. */
    private static final String IS_ACCOUNT_USER =
            "m.membershipType = 'UNMANAGED' AND u.serviceAccountClientLink IS NULL"
                    + " AND NOT EXISTS (SELECT 1 FROM UserGroupMembershipEntity m2, OrganizationEntity o2"
                    + " WHERE m2.user = u AND o2.groupId = m2.groupId AND o2.id <> o.id)";

    private static final String IS_ENABLED = IS_ACCOUNT_USER + " AND u.enabled = TRUE AND ";

    /** A connected company has one of the known packages. */
    private static final String HAS_COMPANY =
            "0 < (SELECT COUNT(ca.id) FROM UserAttributeEntity ca, GroupAttributeEntity ga"
                    + " WHERE ca.user = u AND " + AccountUsers.named("ca", Company.USER_ATTRIBUTE)
                    + " AND ga.group.id = m.groupId AND ga.name = CONCAT('company.', ca.value, '.package') AND ga.value IN (:packages))";

    private static final String HAS_LOGGED_IN =
            "0 < (SELECT COUNT(la.id) FROM UserAttributeEntity la WHERE la.user = u AND "
                    + AccountUsers.named("la", LastLogin.ATTRIBUTE) + ")";

    /** As in AccessRules. */
    private static final String AMBIGUOUS_NAME = "(u.email IS NULL"
            + " OR EXISTS (SELECT 1 FROM UserEntity n WHERE n.realmId = u.realmId AND n.id <> u.id"
            + " AND n.email = u.username)"
            + " OR EXISTS (SELECT 1 FROM UserEntity n WHERE n.realmId = u.realmId AND n.id <> u.id"
            + " AND n.username = u.email))";

    /**
     * A username that may not be an address. AccessRules checks these in Java, because no database knows the syntax of
     * addresses; all other users of an account share one row.
     */
    private static final String SUSPECT_USERNAME = "CASE WHEN u.username NOT LIKE '%@%' OR LENGTH(u.username) > "
            + EmailValidationUtil.MAX_LOCAL_PART_LENGTH
            + " OR u.username LIKE REGEXP '[^a-z0-9._+@-]|^[.@]|[.@][.@-]|-[.]|@.*[@_]|[.@-]$'"
            + " THEN u.username ELSE NULL END";

    private static final String COUNTS = "SELECT o.id AS account, " + SUSPECT_USERNAME
            + " AS suspect, COUNT(u.id) AS members, "
            + count("NOT (" + IS_ACCOUNT_USER + ")", "foreign")
            + ", " + count(IS_ACCOUNT_USER + " AND (1 <> " + AccountUsers.ROLE_COUNT + ")", "roleless")
            + ", " + count(IS_ACCOUNT_USER + " AND " + AMBIGUOUS_NAME, "ambiguous")
            + ", " + count(IS_ENABLED + AccountUsers.hasOnlyRole("admin"), "admins")
            + ", "
            + count(IS_ENABLED + AccountUsers.hasOnlyRole("admin") + " AND " + HAS_LOGGED_IN, "workingAdmins")
            + ", "
            + count(
                    IS_ACCOUNT_USER + " AND " + AccountUsers.hasOnlyRole("admin") + " AND " + HAS_LOGGED_IN,
                    "knownAdmins")
            + ", " + count(IS_ENABLED + AccountUsers.hasOnlyRole("user") + " AND NOT " + HAS_COMPANY, "companyless")
            + " FROM OrganizationEntity o JOIN UserGroupMembershipEntity m ON m.groupId = o.groupId JOIN m.user u"
            + " WHERE o.id IN (:accounts) GROUP BY o.id, " + SUSPECT_USERNAME;

    private final EntityManager em;
    private final RealmModel realm;

    /** @param session with the realm in its context */
    public AccountWarnings(KeycloakSession session) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.realm = session.getContext().getRealm();
    }

    /** The warnings of each account, by account id. */
    public Map<String, List<Reason>> of(List<Account> accounts) {
        Map<String, List<Tuple>> counts = accounts.isEmpty() ? Map.of() : counts(accounts);
        return accounts.stream()
                .collect(Collectors.toMap(
                        Account::id, account -> warnings(account, counts.getOrDefault(account.id(), List.of()))));
    }

    private static List<Reason> warnings(Account account, List<Tuple> counts) {
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
        if (counted(counts, "admins") == 0) {
            warnings.add(Reason.of(null, "wiseSyncWarningNoAdmin"));
        } else if (counted(counts, "workingAdmins") == 0 && counted(counts, "knownAdmins") > 0) {
            // As in AccountRules: an invited admin, who may never accept, counts only while none has logged in.
            warnings.add(Reason.of(null, "wiseSyncWarningNoWorkingAdmin"));
        }
        add(warnings, "wiseSyncWarningWithoutRole", counted(counts, "roleless"));
        add(warnings, "wiseSyncWarningWithoutCompany", counted(counts, "companyless"));
        add(
                warnings,
                "wiseSyncWarningAmbiguousName",
                counts.stream().mapToLong(AccountWarnings::ambiguous).sum());
        add(warnings, "wiseSyncWarningForeignMembers", counted(counts, "foreign"));
        return warnings;
    }

    private Map<String, List<Tuple>> counts(List<Account> accounts) {
        Map<Role, String> roles = Role.idsIn(realm);
        TypedQuery<Tuple> counts = em.createQuery(COUNTS, Tuple.class);
        AccountUsers.bindRoles(counts, roles);
        return counts.setParameter(
                        "accounts", accounts.stream().map(Account::id).toList())
                .setParameter("admin", roles.get(Role.ACCOUNT_ADMIN))
                .setParameter("user", roles.get(Role.USER))
                .setParameter(
                        "packages",
                        Stream.of(AccountingPackage.values())
                                .map(AccountingPackage::id)
                                .toList())
                .getResultStream()
                .collect(Collectors.groupingBy(row -> row.get("account", String.class)));
    }

    private static String count(String condition, String name) {
        return "SUM(CASE WHEN " + condition + " THEN 1 ELSE 0 END) AS " + name;
    }

    private static long ambiguous(Tuple row) {
        String suspect = row.get("suspect", String.class);
        return suspect == null || AccessRules.isAddress(suspect)
                ? counted(row, "ambiguous")
                : counted(row, "members") - counted(row, "foreign");
    }

    private static long counted(List<Tuple> rows, String name) {
        return rows.stream().mapToLong(row -> counted(row, name)).sum();
    }

    private static long counted(Tuple row, String name) {
        return row.get(name, Number.class).longValue();
    }

    private static void add(List<Reason> warnings, String key, long count) {
        if (count > 0) {
            warnings.add(Reason.of(null, key, count));
        }
    }
}
