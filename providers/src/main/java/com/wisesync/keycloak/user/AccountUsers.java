package com.wisesync.keycloak.user;

import com.wisesync.keycloak.LastLogin;
import com.wisesync.keycloak.ValueList;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.Company;
import com.wisesync.keycloak.account.ScimLink;
import com.wisesync.keycloak.mail.Invitation;
import com.wisesync.keycloak.mail.Invitations;
import com.wisesync.keycloak.role.Role;
import com.wisesync.keycloak.twofactor.SecondFactors;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.credential.PasswordCredentialModel;

/**
 * The users of an account, read from the database. Keycloak's models need several statements for each user, and come from a
 * cache that learns of another request's commit only afterwards.
 *
 * <p>Members of a second organization, and members managed by an identity provider, belong to no account and are not
 * included.
 */
public final class AccountUsers {

    /**
     * A page of users.
     *
     * @param total the number of users that match, on all pages
     */
    public record UserPage(long total, List<AccountUser> users) {

        public UserPage {
            users = List.copyOf(users);
        }
    }

    private static final String SECOND_FACTORS =
            SecondFactors.TYPES.stream().sorted().collect(Collectors.joining("', '", "'", "'"));

    private static final String FROM = " FROM UserGroupMembershipEntity m JOIN m.user u";

    private static final String IS_MEMBER =
            " WHERE m.groupId = (SELECT o.groupId FROM OrganizationEntity o WHERE o.id = :account)"
                    + " AND m.membershipType = 'UNMANAGED' AND u.realmId = :realm AND u.serviceAccountClientLink IS NULL"
                    + " AND NOT EXISTS (SELECT 1 FROM UserGroupMembershipEntity m2, OrganizationEntity o2"
                    + " WHERE m2.user = u AND o2.groupId = m2.groupId AND o2.id <> :account)";

    // COALESCE keeps databases from using the index on role and user, with which they read all holders of the roles for
    // each user. One parameter for each role instead of a list, with which Hibernate translates the query at every call
    // (ConcreteSqmSelectQueryPlan, 7).
    private static final String HELD_ROLES =
            " FROM UserRoleMappingEntity r WHERE r.user = u AND COALESCE(r.roleId, '') IN ("
                    + Stream.of(Role.values())
                            .map(role -> ":" + parameter(role))
                            .collect(Collectors.joining(", "))
                    + "))";

    /** The number of the roles that a user {@code u} holds; parameters are set by {@link #bindRoles}. */
    static final String ROLE_COUNT = "(SELECT COUNT(r.roleId)" + HELD_ROLES;

    /** The condition that a user {@code u} holds the role of this parameter and no other of the roles. */
    static String hasOnlyRole(String parameter) {
        return ":" + parameter + " = (SELECT CASE WHEN COUNT(r.roleId) = 1 THEN MIN(r.roleId) END" + HELD_ROLES;
    }

    /** The position of the user's role in {@link Role}. */
    private static final String ROLE_RANK = "(SELECT MIN(CASE r.roleId " + rankings() + " END)" + HELD_ROLES;

    private static final String LAST_LOGIN =
            "COALESCE((SELECT MAX(l.value) FROM UserAttributeEntity l WHERE l.user = u AND "
                    + named("l", LastLogin.ATTRIBUTE) + "), '')";

    private static final int CHUNK = 500;

    /** The columns of {@link #read}. */
    private static final String COLUMNS =
            "SELECT u.id AS id, u.notBefore AS notBefore, u.username AS username, u.email AS email,"
                    + " u.firstName AS firstName, u.lastName AS lastName, u.enabled AS enabled, "
                    + ROLE_COUNT
                    + " AS roles, (SELECT MIN(r.roleId)"
                    + HELD_ROLES
                    + " AS role,"
                    + " (SELECT COUNT(c.id) FROM CredentialEntity c WHERE c.user = u AND c.type IN ("
                    + SECOND_FACTORS
                    + ")) AS factors,"
                    + " (SELECT COUNT(c.id) FROM CredentialEntity c WHERE c.user = u AND c.type = :password) AS passwords, "
                    + LAST_LOGIN
                    + " AS lastLogin,"
                    + " (SELECT MAX(d.value) FROM UserAttributeEntity d WHERE d.user = u AND "
                    + named("d", ScimLink.ATTRIBUTE)
                    + ") AS scimLink";

    private final EntityManager em;
    private final RealmModel realm;
    private final Invitations invitations;

    /** @param session with the realm in its context */
    public AccountUsers(KeycloakSession session) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.realm = session.getContext().getRealm();
        this.invitations = new Invitations(session);
    }

    /** Sets the parameters of {@link #ROLE_COUNT}. */
    static void bindRoles(Query query, Map<Role, String> ids) {
        for (Role role : Role.values()) {
            query.setParameter(parameter(role), ids.getOrDefault(role, ""));
        }
    }

    /**
     * The condition that the attribute {@code alias} has this name, without the index on name and value. Attributes are to be
     * found by their user: until a database has new statistics after a large import, it may prefer the other index, and then
     * reads the attributes of all users for each user.
     */
    static String named(String alias, String name) {
        return "COALESCE(" + alias + ".name, '') = '" + name + "'";
    }

    private static String parameter(Role role) {
        return "role_" + role.name();
    }

    /**
     * One page of the users that match, in the order of {@link UserQuery#sort()}. Takes three statements, whatever the page and
     * the size of the account; one more behind the last page.
     */
    public UserPage page(Account account, UserQuery query) {
        UserFilter filter = new UserFilter(realm, account, query);
        // The columns are read for the users of the page only. Databases would also compute them for the users before
        // it.
        TypedQuery<Tuple> users = em.createQuery(
                COLUMNS
                        + ", p.total AS total FROM (SELECT u.id AS id, COUNT(u.id) OVER () AS total, ROW_NUMBER() OVER ("
                        + orderBy(query.sort()) + ") AS position" + FROM + IS_MEMBER + filter.conditions()
                        + ") p JOIN UserEntity u ON u.id = p.id WHERE p.position > :first AND p.position <= :last"
                        + " ORDER BY p.position",
                Tuple.class);
        filter.bind(users);
        List<Tuple> rows = rows(users.setParameter("first", (long) query.first())
                .setParameter("last", (long) query.first() + query.max()));
        long total = rows.isEmpty() ? count(account, query) : rows.get(0).get("total", Long.class);
        return new UserPage(total, read(account, rows));
    }

    /** The number of users that match. */
    public long count(Account account, UserQuery query) {
        UserFilter filter = new UserFilter(realm, account, query);
        TypedQuery<Long> count =
                em.createQuery("SELECT COUNT(u.id)" + FROM + IS_MEMBER + filter.conditions(), Long.class);
        filter.bind(count);
        return count.getSingleResult();
    }

    /** One user of the account; empty if it has no such user. */
    public Optional<AccountUser> find(Account account, String userId) {
        UserFilter all = new UserFilter(realm, account, UserQuery.allUsers(0, 1));
        TypedQuery<Tuple> user = em.createQuery(COLUMNS + FROM + IS_MEMBER + " AND u.id = :user", Tuple.class);
        all.bind(user);
        return read(account, rows(user.setParameter("user", userId))).stream().findFirst();
    }

    /** The number of users per assigned company, by company id. */
    public Map<String, Long> usersOfCompanies(Account account) {
        UserFilter users = new UserFilter(realm, account, UserQuery.allUsers(0, 1), Role.USER);
        TypedQuery<Tuple> counts = em.createQuery(
                "SELECT a.value AS company, COUNT(DISTINCT u.id) AS users" + FROM + " JOIN u.attributes a" + IS_MEMBER
                        + " AND " + named("a", Company.USER_ATTRIBUTE) + users.conditions() + " GROUP BY a.value",
                Tuple.class);
        users.bind(counts);
        return counts.getResultStream()
                .collect(
                        Collectors.toMap(row -> row.get("company", String.class), row -> row.get("users", Long.class)));
    }

    /** The ids of the users with an assigned company, in any role. */
    List<String> idsWith(Account account, String company) {
        TypedQuery<String> ids = em.createQuery(
                "SELECT DISTINCT u.id" + FROM + " JOIN u.attributes a" + IS_MEMBER + " AND "
                        + named("a", Company.USER_ATTRIBUTE) + " AND a.value = :company",
                String.class);
        new UserFilter(realm, account, UserQuery.allUsers(0, 1)).bind(ids);
        return ids.setParameter("company", company).getResultList();
    }

    /** The users with these ids; ids that are not users of the account are left out. */
    public List<AccountUser> findAll(Account account, List<String> userIds) {
        List<AccountUser> found = new ArrayList<>();
        for (int from = 0; from < userIds.size(); from += CHUNK) {
            List<String> chunk = userIds.subList(from, Math.min(from + CHUNK, userIds.size()));
            TypedQuery<Tuple> users = em.createQuery(
                    COLUMNS + FROM + IS_MEMBER + " AND u.id IN " + ValueList.parameters("user", chunk.size()),
                    Tuple.class);
            new UserFilter(realm, account, UserQuery.allUsers(0, 1)).bind(users);
            ValueList.bind(users, "user", chunk);
            found.addAll(read(account, rows(users)));
        }
        return found;
    }

    private static String rankings() {
        List<Role> roles = List.of(Role.values());
        return IntStream.range(0, roles.size())
                .mapToObj(rank -> "WHEN :" + parameter(roles.get(rank)) + " THEN " + rank)
                .collect(Collectors.joining(" "));
    }

    private static String orderBy(UserQuery.Sort sort) {
        String direction = sort.descending() ? " DESC" : "";
        String column = switch (sort.field()) {
            case NAME -> "LOWER(COALESCE(u.lastName, ''))" + direction + ", LOWER(COALESCE(u.firstName, ''))";
            case USERNAME -> "u.username";
            case ROLE -> ROLE_RANK;
            case LAST_LOGIN -> LAST_LOGIN;
        };
        return "ORDER BY " + column + direction + ", u.username";
    }

    private List<Tuple> rows(TypedQuery<Tuple> query) {
        bindRoles(query, Role.idsIn(realm));
        return query.setParameter("password", PasswordCredentialModel.TYPE).getResultList();
    }

    private List<AccountUser> read(Account account, List<Tuple> rows) {
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
                emptyAsNull(row.get("firstName", String.class)),
                emptyAsNull(row.get("lastName", String.class)),
                role,
                assigned,
                row.get("enabled", Boolean.class),
                row.get("factors", Long.class) > 0,
                Optional.ofNullable(invitations.get(id)),
                LastLogin.parse(row.get("lastLogin", String.class)),
                role.filter(Role.ACCOUNT_ADMIN::equals).isEmpty()
                        && ScimLink.parse(row.get("scimLink", String.class))
                                .filter(ScimLink::isManaged)
                                .isPresent());
    }

    private static String emptyAsNull(String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    private Map<String, Set<String>> companies(List<String> ids) {
        TypedQuery<Tuple> companies = em.createQuery(
                "SELECT a.user.id AS id, a.value AS company FROM UserAttributeEntity a WHERE a.user.id IN "
                        + ValueList.parameters("user", ids.size()) + " AND " + named("a", Company.USER_ATTRIBUTE)
                        + " AND a.value IS NOT NULL",
                Tuple.class);
        ValueList.bind(companies, "user", ids);
        return companies
                .getResultStream()
                .collect(Collectors.groupingBy(
                        row -> row.get("id", String.class),
                        Collectors.mapping(row -> row.get("company", String.class), Collectors.toSet())));
    }

    /** The newest invitation of each user who needs one, as {@link Invitations#hasUsedAccount}. */
    private Map<String, Invitation> invitations(List<Tuple> rows) {
        Map<String, Integer> notBefore = rows.stream()
                .filter(row -> row.get("passwords", Long.class) == 0)
                .filter(row ->
                        LastLogin.parse(row.get("lastLogin", String.class)).isEmpty())
                .collect(Collectors.toMap(
                        row -> row.get("id", String.class), row -> row.get("notBefore", Integer.class)));
        return notBefore.isEmpty() ? Map.of() : invitations.newestOf(notBefore);
    }

    private Optional<Role> role(String id) {
        return Role.idsIn(realm).entrySet().stream()
                .filter(role -> role.getValue().equals(id))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
