package com.wisesync.keycloak.user;

import com.wisesync.keycloak.LoginNameClaims;
import com.wisesync.keycloak.ValueList;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.ScimLink;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import jakarta.persistence.TypedQuery;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.keycloak.models.RealmModel;

/** Reads the users that the directory of an account manages, from the database. */
final class DirectoryList {

    /** All users of the account who are linked; sorted by id, so that every user is on exactly one page. */
    private static final String FROM = " FROM UserGroupMembershipEntity m JOIN m.user u, UserAttributeEntity s"
            + " WHERE m.groupId = (SELECT o.groupId FROM OrganizationEntity o WHERE o.id = :account)"
            + " AND m.membershipType = 'UNMANAGED' AND u.realmId = :realm AND s.user = u AND "
            + AccountUsers.named("s", ScimLink.ATTRIBUTE) + " AND s.value IN "
            + ValueList.parameters("link", ScimLink.values().length)
            + " AND NOT EXISTS (SELECT 1 FROM UserGroupMembershipEntity m2, OrganizationEntity o2"
            + " WHERE m2.user = u AND o2.groupId = m2.groupId AND o2.id <> :account)";

    private static final String EXTERNAL_ID = "(SELECT MAX(x.value) FROM UserAttributeEntity x WHERE x.user = u AND "
            + AccountUsers.named("x", ScimLink.EXTERNAL_ID) + ")";

    private static final String MODIFIED = "(SELECT MAX(c.value) FROM UserAttributeEntity c WHERE c.user = u AND "
            + AccountUsers.named("c", ScimLink.MODIFIED) + ")";

    private final EntityManager em;
    private final RealmModel realm;
    private final AccountUsers users;

    DirectoryList(EntityManager em, RealmModel realm, AccountUsers users) {
        this.em = em;
        this.realm = realm;
        this.users = users;
    }

    List<DirectoryUser> page(Account account, DirectoryQuery query) {
        return read(
                account,
                select(account, conditions(query), ScimLink.managed(), query)
                        .setFirstResult(query.first())
                        .setMaxResults(query.max()));
    }

    long count(Account account, DirectoryQuery query) {
        TypedQuery<Long> count = em.createQuery("SELECT COUNT(u.id)" + FROM + conditions(query), Long.class);
        bind(count, account, ScimLink.managed(), query);
        return count.getSingleResult();
    }

    /** One user of the account with one of these links. */
    Optional<DirectoryUser> find(Account account, String userId, List<ScimLink> links) {
        DirectoryQuery any = new DirectoryQuery(Optional.empty(), Optional.empty(), Optional.empty(), 0, 1);
        TypedQuery<Tuple> query = select(account, " AND u.id = :user", links, any);
        return read(account, query.setParameter("user", userId)).stream().findFirst();
    }

    /** The user that an account-admin linked with this external id, and that the directory has not changed yet. */
    Optional<DirectoryUser> findLinked(Account account, String externalId) {
        DirectoryQuery same = new DirectoryQuery(Optional.empty(), Optional.empty(), Optional.of(externalId), 0, 1);
        return read(account, select(account, conditions(same), List.of(ScimLink.LINKED), same)).stream()
                .findFirst();
    }

    /** The user with this username that the directory has deleted. */
    Optional<DirectoryUser> findRemoved(Account account, String username) {
        DirectoryQuery named = new DirectoryQuery(Optional.of(username), Optional.empty(), Optional.empty(), 0, 1);
        return read(
                        account,
                        select(
                                account,
                                conditions(named),
                                List.of(ScimLink.REMOVED, ScimLink.REMOVED_WHILE_DISABLED),
                                named))
                .stream()
                .findFirst();
    }

    /** The users of the account with these usernames or emails, whether the directory manages them or not. */
    List<AccountUser> named(Account account, List<String> names) {
        List<String> ids = em.createQuery(
                        "SELECT u.id FROM UserEntity u WHERE u.realmId = :realm"
                                + " AND (u.username IN (:names) OR u.email IN (:names))",
                        String.class)
                .setParameter("realm", realm.getId())
                .setParameter(
                        "names", names.stream().map(LoginNameClaims::normalize).toList())
                .getResultList();
        return users.findAll(account, ids);
    }

    private TypedQuery<Tuple> select(Account account, String conditions, List<ScimLink> links, DirectoryQuery query) {
        TypedQuery<Tuple> select = em.createQuery(
                "SELECT u.id AS id, s.value AS link, u.createdTimestamp AS created, " + EXTERNAL_ID + " AS external, "
                        + MODIFIED + " AS modified" + FROM + conditions + " ORDER BY u.id",
                Tuple.class);
        bind(select, account, links, query);
        return select;
    }

    private static String conditions(DirectoryQuery query) {
        return (query.username().isPresent() ? " AND u.username = :username" : "")
                + (query.email().isPresent() ? " AND u.email = :email" : "")
                + (query.externalId().isPresent()
                        ? " AND EXISTS (SELECT 1 FROM UserAttributeEntity e WHERE e.user = u AND e.name = '"
                                + ScimLink.EXTERNAL_ID + "' AND e.value = :external)"
                        : "");
    }

    private void bind(TypedQuery<?> select, Account account, List<ScimLink> links, DirectoryQuery query) {
        select.setParameter("account", account.id()).setParameter("realm", realm.getId());
        bindLinks(select, links);
        query.username().ifPresent(name -> select.setParameter("username", LoginNameClaims.normalize(name)));
        query.email().ifPresent(email -> select.setParameter("email", LoginNameClaims.normalize(email)));
        query.externalId().ifPresent(id -> select.setParameter("external", id));
    }

    /** Sets as many parameters as there are links, so that all callers share one query. */
    private static void bindLinks(Query query, List<ScimLink> links) {
        ScimLink[] all = ScimLink.values();
        ValueList.bind(
                query,
                "link",
                IntStream.range(0, all.length)
                        .mapToObj(i -> links.get(Math.min(i, links.size() - 1)).value())
                        .toList());
    }

    private List<DirectoryUser> read(Account account, TypedQuery<Tuple> select) {
        List<Tuple> rows = select.getResultList();
        Map<String, AccountUser> found =
                users
                        .findAll(
                                account,
                                rows.stream()
                                        .map(row -> row.get("id", String.class))
                                        .toList())
                        .stream()
                        .collect(Collectors.toMap(AccountUser::id, Function.identity()));
        return rows.stream()
                .filter(row -> found.containsKey(row.get("id", String.class)))
                .map(row -> user(row, found.get(row.get("id", String.class))))
                .toList();
    }

    private static DirectoryUser user(Tuple row, AccountUser user) {
        Long created = row.get("created", Long.class);
        Instant createdAt = Instant.ofEpochMilli(created == null ? 0 : created);
        return new DirectoryUser(
                user,
                ScimLink.parse(row.get("link", String.class)).orElseThrow(),
                Optional.ofNullable(row.get("external", String.class)),
                createdAt,
                instant(row.get("modified", String.class), createdAt));
    }

    private static Instant instant(String text, Instant otherwise) {
        try {
            return text == null ? otherwise : Instant.parse(text);
        } catch (DateTimeException e) {
            return otherwise;
        }
    }
}
