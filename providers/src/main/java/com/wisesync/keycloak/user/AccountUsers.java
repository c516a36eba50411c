package com.wisesync.keycloak.user;

import com.wisesync.keycloak.access.AccessRules;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.Company;
import com.wisesync.keycloak.role.Role;
import com.wisesync.keycloak.user.AccountUser.Invitation;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;
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
    static final Set<String> SECOND_FACTORS = Set.of(
            OTPCredentialModel.TYPE, WebAuthnCredentialModel.TYPE_TWOFACTOR, WebAuthnCredentialModel.TYPE_PASSWORDLESS);

    private static final String FROM = " FROM UserGroupMembershipEntity m JOIN m.user u";

    private static final String IS_MEMBER =
            " WHERE m.groupId = (SELECT o.groupId FROM OrganizationEntity o WHERE o.id = :account)"
                    + " AND m.membershipType = 'UNMANAGED' AND u.realmId = :realm AND u.serviceAccountClientLink IS NULL"
                    + " AND NOT EXISTS (SELECT 1 FROM UserGroupMembershipEntity m2, OrganizationEntity o2"
                    + " WHERE m2.user = u AND o2.groupId = m2.groupId AND o2.id <> :account)";

    // COALESCE keeps H2 from the index on role and user: with a list of roles it reads all who hold one of them, for
    // each user.
    private static final String HELD =
            " FROM UserRoleMappingEntity r WHERE r.user = u AND COALESCE(r.roleId, '') IN (:roles))";

    private static final String ROLES = "(SELECT COUNT(r.roleId)" + HELD;

    private static final String COLUMNS = "SELECT u.id AS id, u.username AS username, u.email AS email,"
            + " u.firstName AS firstName, u.lastName AS lastName, u.enabled AS enabled, "
            + ROLES
            + " AS roles, (SELECT MIN(r.roleId)"
            + HELD
            + " AS role,"
            + " (SELECT COUNT(c.id) FROM CredentialEntity c WHERE c.user = u AND c.type IN (:factors)) AS factors,"
            + " (SELECT COUNT(c.id) FROM CredentialEntity c WHERE c.user = u AND c.type = :password) AS passwords";

    private final EntityManager em;
    private final RealmModel realm;

    public AccountUsers(KeycloakSession session) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.realm = session.getContext().getRealm();
    }

    /** A page, sorted by last name, then username. Costs the same for any page of any account: three statements. */
    public List<AccountUser> page(Account account, UserQuery query) {
        Filter filter = new Filter(account, query);
        TypedQuery<Tuple> users = em.createQuery(
                COLUMNS + FROM + IS_MEMBER + filter.conditions()
                        + " ORDER BY LOWER(COALESCE(u.lastName, '')), u.username",
                Tuple.class);
        filter.bind(users);
        return read(account, users.setFirstResult(query.first()).setMaxResults(query.max()));
    }

    public long count(Account account, UserQuery query) {
        Filter filter = new Filter(account, query);
        TypedQuery<Long> count =
                em.createQuery("SELECT COUNT(u.id)" + FROM + IS_MEMBER + filter.conditions(), Long.class);
        filter.bind(count);
        return count.getSingleResult();
    }

    public Optional<AccountUser> find(Account account, String userId) {
        Filter everybody = new Filter(account, UserQuery.everybody(0, 1));
        TypedQuery<Tuple> user = em.createQuery(COLUMNS + FROM + IS_MEMBER + " AND u.id = :user", Tuple.class);
        everybody.bind(user);
        return read(account, user.setParameter("user", userId)).stream().findFirst();
    }

    /** How many hold none of the four roles, or several. */
    long countWithoutRole(Account account) {
        Filter everybody = new Filter(account, UserQuery.everybody(0, 1));
        TypedQuery<Long> count =
                em.createQuery("SELECT COUNT(u.id)" + FROM + IS_MEMBER + " AND 1 <> " + ROLES, Long.class);
        everybody.bind(count);
        return count.setParameter("roles", roleIds().values()).getSingleResult();
    }

    /** How many enabled users who need a company have none that the account has. */
    long countWithoutCompany(Account account) {
        Filter users = new Filter(
                account,
                new UserQuery(Optional.empty(), Optional.of(Role.USER), Optional.empty(), Optional.of(true), 0, 1));
        TypedQuery<Long> count = em.createQuery(
                "SELECT COUNT(u.id)" + FROM + IS_MEMBER + users.conditions()
                        + " AND NOT EXISTS (SELECT 1 FROM UserAttributeEntity ca"
                        + " WHERE ca.user = u AND ca.name = :companies AND COALESCE(ca.value, '') IN (:ids))",
                Long.class);
        users.bind(count);
        List<String> ids = account.companies().stream().map(Company::id).toList();
        return count.setParameter("companies", AccessRules.COMPANIES)
                .setParameter("ids", ids.isEmpty() ? List.of("") : ids)
                .getSingleResult();
    }

    /** To how many users each company is assigned one by one. */
    public Map<String, Long> usersOfCompanies(Account account) {
        Filter users = new Filter(account, UserQuery.everybody(0, 1), Role.USER);
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
        new Filter(account, UserQuery.everybody(0, 1)).bind(ids);
        return ids.setParameter("companies", AccessRules.COMPANIES)
                .setParameter("company", company)
                .getResultList();
    }

    private List<AccountUser> read(Account account, TypedQuery<Tuple> query) {
        List<Tuple> rows = query.setParameter("factors", SECOND_FACTORS)
                .setParameter("password", PasswordCredentialModel.TYPE)
                .setParameter("roles", roleIds().values())
                .getResultList();
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
                .setParameter("kind", Mails.KIND)
                .setParameter("ids", ids)
                .setParameter("realm", realm.getId())
                .setParameter("type", Mails.INVITATION)
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
        return roleIds().entrySet().stream()
                .filter(role -> role.getValue().equals(id))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private Map<Role, String> roleIds() {
        Map<Role, String> ids = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            role.in(realm).map(RoleModel::getId).ifPresent(id -> ids.put(role, id));
        }
        if (ids.isEmpty()) {
            throw new IllegalStateException("The realm has none of the four roles");
        }
        return ids;
    }

    /** The conditions that a query asks for, and what they compare with. */
    private final class Filter {

        private final List<String> conditions = new ArrayList<>();
        private final List<Consumer<Query>> values = new ArrayList<>();

        Filter(Account account, UserQuery query) {
            this(account, query, query.role().orElse(null));
        }

        Filter(Account account, UserQuery query, Role role) {
            values.add(q -> q.setParameter("account", account.id()).setParameter("realm", realm.getId()));
            query.search().ifPresent(this::search);
            Optional.ofNullable(role).ifPresent(this::role);
            query.company().ifPresent(this::company);
            query.enabled().ifPresent(enabled -> {
                conditions.add("u.enabled = :enabled");
                values.add(q -> q.setParameter("enabled", enabled));
            });
        }

        String conditions() {
            return conditions.stream().map(condition -> " AND " + condition).collect(Collectors.joining());
        }

        void bind(Query query) {
            values.forEach(value -> value.accept(query));
        }

        private void search(String text) {
            conditions.add(
                    "(LOWER(u.username) LIKE :search ESCAPE '!' OR LOWER(u.email) LIKE :search ESCAPE '!'"
                            + " OR LOWER(CONCAT(COALESCE(u.firstName, ''), ' ', COALESCE(u.lastName, ''))) LIKE :search ESCAPE '!')");
            String escaped = text.toLowerCase(Locale.ROOT).replaceAll("[!%_]", "!$0");
            values.add(q -> q.setParameter("search", "%" + escaped + "%"));
        }

        private void role(Role role) {
            conditions.add(
                    "EXISTS (SELECT 1 FROM UserRoleMappingEntity held WHERE held.user = u AND held.roleId = :heldRole)"
                            + " AND 1 = " + ROLES.replace(":roles", ":allRoles"));
            values.add(q -> q.setParameter("heldRole", roleIds().get(role))
                    .setParameter("allRoles", roleIds().values()));
        }

        private void company(String id) {
            conditions.add("EXISTS (SELECT 1 FROM UserAttributeEntity ca"
                    + " WHERE ca.user = u AND ca.name = 'companies' AND ca.value = :company)");
            values.add(q -> q.setParameter("company", id));
            if (conditions.stream().noneMatch(condition -> condition.contains(":heldRole"))) {
                role(Role.USER);
            }
        }
    }
}
