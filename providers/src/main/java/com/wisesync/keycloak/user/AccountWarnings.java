package com.wisesync.keycloak.user;

import com.wisesync.keycloak.Refusal.Reason;
import com.wisesync.keycloak.access.AccessRules;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.AccountingPackage;
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
 * What somebody should see to in accounts. Much of it can only come about by ways that lead around our API. The same
 * few statements, however many accounts are on a page.
 */
public final class AccountWarnings {

    /** A user of the account, and not only a member of its organization: as {@link AccountUsers} has it. */
    private static final String BELONGS = "m.membershipType = 'UNMANAGED' AND u.serviceAccountClientLink IS NULL"
            + " AND NOT EXISTS (SELECT 1 FROM UserGroupMembershipEntity m2, OrganizationEntity o2"
            + " WHERE m2.user = u AND o2.groupId = m2.groupId AND o2.id <> o.id)";

    private static final String HOLDS = BELONGS + " AND u.enabled = TRUE AND 1 = " + AccountUsers.ROLES
            + " AND EXISTS (SELECT 1 FROM UserRoleMappingEntity held WHERE held.user = u AND held.roleId = ";

    /** A company that is connected has a package that we know. */
    private static final String HAS_COMPANY = "EXISTS (SELECT 1 FROM UserAttributeEntity ca, GroupAttributeEntity ga"
            + " WHERE ca.user = u AND ca.name = :companies AND ga.group.id = m.groupId"
            + " AND ga.name = CONCAT('company.', ca.value, '.package') AND ga.value IN (:packages))";

    /** Where {@link RoleSources} come in. */
    private static final String OR_SEVERAL = "{or several}";

    /** As AccessRules has it. */
    private static final String NOT_THEIRS = "(u.email IS NULL"
            + " OR EXISTS (SELECT 1 FROM UserEntity n WHERE n.realmId = u.realmId AND n.id <> u.id"
            + " AND n.email = u.username)"
            + " OR EXISTS (SELECT 1 FROM UserEntity n WHERE n.realmId = u.realmId AND n.id <> u.id"
            + " AND n.username = u.email))";

    /**
     * A username that is not plainly an address. No database knows every form that an address may have, so AccessRules is
     * asked about these; of all others, there is one row for an account.
     */
    private static final String UNUSUAL = "CASE WHEN u.username NOT LIKE '%@%' OR LENGTH(u.username) > "
            + EmailValidationUtil.MAX_LOCAL_PART_LENGTH
            + " OR u.username LIKE REGEXP '[^a-z0-9._+@-]|^[.@]|[.@][.@-]|-[.]|@.*[@_]|[.@-]$'"
            + " THEN u.username ELSE NULL END";

    private static final String COUNTS = "SELECT o.id AS account, " + UNUSUAL + " AS unusual, COUNT(u.id) AS members, "
            + count("NOT (" + BELONGS + ")", "foreign")
            + ", " + count(BELONGS + " AND (1 <> " + AccountUsers.ROLES + OR_SEVERAL + ")", "roleless")
            + ", " + count(BELONGS + " AND " + NOT_THEIRS, "ambiguous")
            + ", " + count(HOLDS + ":admin)", "admins")
            + ", " + count(HOLDS + ":user) AND NOT " + HAS_COMPANY, "companyless")
            + " FROM OrganizationEntity o JOIN UserGroupMembershipEntity m ON m.groupId = o.groupId JOIN m.user u"
            + " WHERE o.id IN (:accounts) GROUP BY o.id, " + UNUSUAL;

    private final EntityManager em;
    private final RealmModel realm;

    public AccountWarnings(KeycloakSession session) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.realm = session.getContext().getRealm();
    }

    /** Of each, by its id. */
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
        RoleSources sources = new RoleSources(em, roles);
        TypedQuery<Tuple> counts = em.createQuery(COUNTS.replace(OR_SEVERAL, sources.orSeveral()), Tuple.class);
        sources.bind(counts);
        AccountUsers.bindRoles(counts, roles);
        return counts.setParameter(
                        "accounts", accounts.stream().map(Account::id).toList())
                .setParameter("admin", roles.get(Role.ACCOUNT_ADMIN))
                .setParameter("user", roles.get(Role.USER))
                .setParameter("companies", AccessRules.COMPANIES)
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
        String unusual = row.get("unusual", String.class);
        return unusual == null || AccessRules.isAddress(unusual)
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
