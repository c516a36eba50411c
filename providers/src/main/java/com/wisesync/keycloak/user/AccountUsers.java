package com.wisesync.keycloak.user;

import com.wisesync.keycloak.access.AccessRules;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.mail.Emails;
import com.wisesync.keycloak.role.Role;
import com.wisesync.keycloak.twofactor.SecondFactors;
import com.wisesync.keycloak.user.AccountUser.Invitation;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import jakarta.persistence.TypedQuery;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.models.jpa.entities.OutboxEntryStatus;

/**
 * The users of an account, read from the database and not through Keycloak's models: those cost several statements for each
 * user, and are answered from a cache that another node's, or another request's, commit reaches only afterwards.
 *
 * <p>Whoever is a member of a second organization as well, or managed by an identity provider, belongs to no account and is
 * not among them.
 */
public final class AccountUsers {

    /** What counts as an enrolled second factor. */
    private static final String SECOND_FACTORS =
            SecondFactors.TYPES.stream().sorted().collect(Collectors.joining("', '", "'", "'"));

    private static final String FROM = " FROM UserGroupMembershipEntity m JOIN m.user u";

    private static final String IS_MEMBER =
            " WHERE m.groupId = (SELECT o.groupId FROM OrganizationEntity o WHERE o.id = :account)"
                    + " AND m.membershipType = 'UNMANAGED' AND u.realmId = :realm AND u.serviceAccountClientLink IS NULL"
                    + " AND NOT EXISTS (SELECT 1 FROM UserGroupMembershipEntity m2, OrganizationEntity o2"
                    + " WHERE m2.user = u AND o2.groupId = m2.groupId AND o2.id <> :account)";

    // COALESCE keeps H2 from the index on role and user: with a list of roles it reads all who hold one of them, for
    // each user. One parameter for each role, and none for all: Hibernate translates a query with a list to SQL anew at
    // each call (ConcreteSqmSelectQueryPlan, 7).
    private static final String HELD = " FROM UserRoleMappingEntity r WHERE r.user = u AND COALESCE(r.roleId, '') IN ("
            + Stream.of(Role.values()).map(role -> ":" + parameter(role)).collect(Collectors.joining(", "))
            + "))";

    /** How many of the four roles a user {@code u} holds; see {@link #bindRoles}. */
    static final String ROLES = "(SELECT COUNT(r.roleId)" + HELD;

    private static final String COLUMNS = "SELECT u.id AS id, u.username AS username, u.email AS email,"
            + " u.firstName AS firstName, u.lastName AS lastName, u.enabled AS enabled, "
            + ROLES
            + " AS roles, (SELECT MIN(r.roleId)"
            + HELD
            + " AS role,"
            + " (SELECT COUNT(c.id) FROM CredentialEntity c WHERE c.user = u AND c.type IN ("
            + SECOND_FACTORS
            + ")) AS factors,"
            + " (SELECT COUNT(c.id) FROM CredentialEntity c WHERE c.user = u AND c.type = :password) AS passwords";

    private final EntityManager em;
    private final RealmModel realm;

    public AccountUsers(KeycloakSession session) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.realm = session.getContext().getRealm();
    }

    /** For every query with {@link #ROLES} in it. */
    static void bindRoles(Query query, Map<Role, String> ids) {
        for (Role role : Role.values()) {
            query.setParameter(parameter(role), ids.getOrDefault(role, ""));
        }
    }

    private static String parameter(Role role) {
        return "role_" + role.name();
    }

    /** A page, sorted by last name, then username. Costs the same for any page of any account: three statements. */
    public List<AccountUser> page(Account account, UserQuery query) {
        UserFilter filter = new UserFilter(realm, account, query);
        TypedQuery<Tuple> users = em.createQuery(
                COLUMNS + FROM + IS_MEMBER + filter.conditions()
                        + " ORDER BY LOWER(COALESCE(u.lastName, '')), u.username",
                Tuple.class);
        filter.bind(users);
        return read(account, users.setFirstResult(query.first()).setMaxResults(query.max()));
    }

    public long count(Account account, UserQuery query) {
        UserFilter filter = new UserFilter(realm, account, query);
        TypedQuery<Long> count =
                em.createQuery("SELECT COUNT(u.id)" + FROM + IS_MEMBER + filter.conditions(), Long.class);
        filter.bind(count);
        return count.getSingleResult();
    }

    public Optional<AccountUser> find(Account account, String userId) {
        UserFilter everybody = new UserFilter(realm, account, UserQuery.everybody(0, 1));
        TypedQuery<Tuple> user = em.createQuery(COLUMNS + FROM + IS_MEMBER + " AND u.id = :user", Tuple.class);
        everybody.bind(user);
        return read(account, user.setParameter("user", userId)).stream().findFirst();
    }

    /** To how many users each company is assigned one by one. */
    public Map<String, Long> usersOfCompanies(Account account) {
        UserFilter users = new UserFilter(realm, account, UserQuery.everybody(0, 1), Role.USER);
        TypedQuery<Tuple> counts = em.createQuery(
                "SELECT a.value AS company, COUNT(DISTINCT u.id) AS users" + FROM + " JOIN u.attributes a" + IS_MEMBER
                        + " AND a.name = :companies" + users.conditions() + " GROUP BY a.value",
                Tuple.class);
        users.bind(counts);
        return counts.setParameter("companies", AccessRules.COMPANIES)
                .getResultStream()
                .collect(
                        Collectors.toMap(row -> row.get("company", String.class), row -> row.get("users", Long.class)));
    }

    /** To whom this company is assigned, whatever else they are. */
    List<String> idsWith(Account account, String company) {
        TypedQuery<String> ids = em.createQuery(
                "SELECT DISTINCT u.id" + FROM + " JOIN u.attributes a" + IS_MEMBER
                        + " AND a.name = :companies AND a.value = :company",
                String.class);
        new UserFilter(realm, account, UserQuery.everybody(0, 1)).bind(ids);
        return ids.setParameter("companies", AccessRules.COMPANIES)
                .setParameter("company", company)
                .getResultList();
    }

    private List<AccountUser> read(Account account, TypedQuery<Tuple> query) {
        bindRoles(query, Role.idsIn(realm));
        List<Tuple> rows =
                query.setParameter("password", PasswordCredentialModel.TYPE).getResultList();
        if (rows.isEmpty()) {
            return List.of();
        }
        List<String> ids = rows.stream().map(row -> row.get("id", String.class)).toList();
        Map<String, Set<String>> companies = companies(ids);
        Map<String, Invitation> invitations = invitations(rows);
        return rows.stream()
                .map(row -> user(account, row, companies, invitations))
                .toList();
    }

    private AccountUser user(
            Account account, Tuple row, Map<String, Set<String>> companies, Map<String, Invitation> invitations) {
        String id = row.get("id", String.class);
        Optional<Role> role =
                row.get("roles", Long.class) == 1 ? role(row.get("role", String.class)) : Optional.empty();
        List<String> assigned = role.filter(Role::listsCompanies).isEmpty()
                ? List.of()
                : companies.getOrDefault(id, Set.of()).stream()
                        .filter(company -> account.company(company).isPresent())
                        .sorted()
                        .toList();
        return new AccountUser(
                id,
                row.get("username", String.class),
                row.get("email", String.class),
                row.get("firstName", String.class),
                row.get("lastName", String.class),
                role,
                assigned,
                row.get("enabled", Boolean.class),
                row.get("factors", Long.class) > 0,
                Optional.ofNullable(invitations.get(id)));
    }

    private Map<String, Set<String>> companies(Collection<String> ids) {
        return em.createQuery(
                        "SELECT a.user.id AS id, a.value AS company FROM UserAttributeEntity a"
                                + " WHERE a.user.id IN (:ids) AND a.name = :companies AND a.value IS NOT NULL",
                        Tuple.class)
                .setParameter("ids", ids)
                .setParameter("companies", AccessRules.COMPANIES)
                .getResultStream()
                .collect(Collectors.groupingBy(
                        row -> row.get("id", String.class),
                        Collectors.mapping(row -> row.get("company", String.class), Collectors.toSet())));
    }

    /** The newest of each; only of who has no password, for whoever has one needs no invitation any more. */
    private Map<String, Invitation> invitations(List<Tuple> rows) {
        List<String> ids = rows.stream()
                .filter(row -> row.get("passwords", Long.class) == 0)
                .map(row -> row.get("id", String.class))
                .toList();
        if (ids.isEmpty()) {
            return Map.of();
        }
        Map<String, Invitation> invitations = new HashMap<>();
        em.createQuery(
                        "SELECT e.ownerId AS id, e.status AS status FROM OutboxEntryEntity e WHERE e.entryKind = :kind"
                                + " AND e.ownerId IN (:ids) AND e.realmId = :realm AND e.entryType = :type"
                                + " ORDER BY e.createdAt",
                        Tuple.class)
                .setParameter("kind", Emails.KIND)
                .setParameter("ids", ids)
                .setParameter("realm", realm.getId())
                .setParameter("type", Emails.INVITATION)
                .getResultStream()
                .forEach(row -> invitations.put(
                        row.get("id", String.class), invitation(row.get("status", OutboxEntryStatus.class))));
        return invitations;
    }

    private static Invitation invitation(OutboxEntryStatus status) {
        return switch (status) {
            case PENDING, HELD -> Invitation.WAITING;
            case DELIVERED -> Invitation.MAILED;
            case DEAD_LETTER -> Invitation.FAILED;
        };
    }

    private Optional<Role> role(String id) {
        return Role.idsIn(realm).entrySet().stream()
                .filter(role -> role.getValue().equals(id))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
