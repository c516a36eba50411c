package com.wisesync.keycloak.account;

import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.SearchWords;
import jakarta.persistence.EntityManager;
import jakarta.persistence.FlushModeType;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.TypedQuery;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.LockMode;
import org.hibernate.query.SelectionQuery;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.CacheRealmProvider;
import org.keycloak.models.jpa.entities.GroupEntity;
import org.keycloak.models.jpa.entities.OrganizationEntity;
import org.keycloak.organization.OrganizationProvider;

/** The accounts of the realm in the session's context, over Keycloak's organizations. */
public final class Accounts {

    /** By default H2 gives up after two seconds and PostgreSQL never. */
    private static final int LOCK_TIMEOUT_MS = 30_000;

    private final KeycloakSession session;
    private final OrganizationProvider organizations;

    /** @param session its context names the realm */
    public Accounts(KeycloakSession session) {
        this(session, session.getProvider(OrganizationProvider.class));
    }

    private Accounts(KeycloakSession session, OrganizationProvider organizations) {
        this.session = session;
        this.organizations = organizations;
    }

    /** Reads memberships and accounts, but not their companies, from the database instead of Keycloak's caches. */
    public static Accounts uncached(KeycloakSession session) {
        return new Accounts(session, session.getProvider(OrganizationProvider.class, "jpa"));
    }

    /** From now on, this session reads the companies of an account from the database; other sessions after the commit. */
    public void evict(String accountId) {
        OrganizationEntity row = em().find(OrganizationEntity.class, accountId);
        if (row != null) {
            session.getProvider(CacheRealmProvider.class).registerGroupInvalidation(row.getGroupId());
        }
    }

    /** The account with this id; empty if there is none. */
    public Optional<Account> find(String id) {
        return Optional.ofNullable(organizations.getById(id)).map(Account::new);
    }

    /**
     * The account of a user: the one organization of which they are an unmanaged member. Users in no organization, in
     * several, or managed by an identity provider have no account.
     */
    public Optional<Account> findByMember(UserModel user) {
        List<OrganizationModel> memberships =
                organizations.getByMember(user).limit(2).toList();
        if (memberships.size() != 1) {
            return Optional.empty();
        }
        OrganizationModel organization = memberships.get(0);
        // Fills the cache entry that isManagedMember reads (InfinispanOrganizationProvider:249 of 26.7.4).
        boolean member = organizations.getMemberById(organization, user.getId()) != null;
        boolean managed = organizations.isManagedMember(organization, user);
        return member && !managed ? Optional.of(new Account(organization)) : Optional.empty();
    }

    /** Whether the user is a member of this organization, of whatever type and whether or not of others too. */
    public boolean isMember(Account account, UserModel user) {
        return organizations.getMemberById(account.organization(), user.getId()) != null;
    }

    /**
     * A page of all accounts, sorted by name.
     *
     * @param search see {@link SearchWords}
     */
    public List<Account> page(Optional<String> search, int first, int max) {
        return query("SELECT o.id", " ORDER BY LOWER(o.name), o.id", search, String.class)
                .setFirstResult(first)
                .setMaxResults(max)
                .getResultList()
                .stream()
                .flatMap(id -> find(id).stream())
                .toList();
    }

    /** The number of accounts that match. */
    public long count(Optional<String> search) {
        return query("SELECT COUNT(o.id)", "", search, Long.class).getSingleResult();
    }

    /**
     * Locks the account until the end of the transaction. Every change of an account, its companies or its users through this
     * extension takes this lock first, so that rules about several users hold (the last account-admin; a company that is
     * removed while it is being assigned). The lock is the organization's row, so it works across nodes and databases.
     *
     * <p>The returned account is read from the database. Keycloak's caches learn of another request's commit only after that
     * request has released the lock, so they are bypassed here.
     *
     * @return empty if the account no longer exists
     * @throws Refusal if the lock is not available within 30 seconds
     */
    public Optional<Account> lock(Account account) {
        if (!isLocked(account.id())) {
            return Optional.empty();
        }
        OrganizationModel organization = organizations.getById(account.id());
        // Changes nothing, but makes the cached adapter read from the database.
        organization.setAlias(organization.getAlias());
        return Optional.of(new Account(organization));
    }

    /** The same lock for changes of users only: the account stays in the caches of all nodes. */
    public Optional<Account> lockForUserChange(Account account) {
        return isLocked(account.id())
                ? Optional.of(new Account(
                        session.getProvider(OrganizationProvider.class, "jpa").getById(account.id())))
                : Optional.empty();
    }

    private boolean isLocked(String id) {
        EntityManager em = em();
        OrganizationEntity row = lockedRow(em, id);
        if (row == null) {
            return false;
        }
        em.refresh(row);
        GroupEntity group = em.find(GroupEntity.class, row.getGroupId());
        em.refresh(group);
        // registerGroupInvalidation would also search the whole cache for subgroups (RealmCacheManager, 26.7.5).
        session.getProvider(CacheRealmProvider.class).registerInvalidation(group.getId());
        return true;
    }

    /** A time limit costs three more statements on PostgreSQL, so it is set only if another transaction holds the lock. */
    private static OrganizationEntity lockedRow(EntityManager em, String id) {
        TypedQuery<OrganizationEntity> query = em.createQuery(
                        "SELECT o FROM OrganizationEntity o WHERE o.id = :id", OrganizationEntity.class)
                .setParameter("id", id)
                .setFlushMode(FlushModeType.COMMIT)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE);
        query.unwrap(SelectionQuery.class).setHibernateLockMode(LockMode.UPGRADE_SKIPLOCKED);
        return query.getResultStream().findFirst().orElseGet(() -> awaitLock(em, id));
    }

    private static OrganizationEntity awaitLock(EntityManager em, String id) {
        try {
            return em.find(
                    OrganizationEntity.class,
                    id,
                    LockModeType.PESSIMISTIC_WRITE,
                    Map.of("jakarta.persistence.lock.timeout", LOCK_TIMEOUT_MS));
        } catch (PersistenceException | ModelException e) {
            throw Refusal.of(Refusal.Kind.CONFLICT, "wiseSyncBusy");
        }
    }

    /** Adds a user to this account, as an unmanaged member of its organization. */
    public void join(Account account, UserModel user) {
        if (!organizations.addMember(account.organization(), user)) {
            throw new IllegalStateException("User " + user.getId() + " could not be added to account " + account.id());
        }
    }

    private <T> TypedQuery<T> query(String select, String order, Optional<String> search, Class<T> type) {
        SearchWords words = SearchWords.of(search.orElse(""));
        TypedQuery<T> query = em().createQuery(
                        select + " FROM OrganizationEntity o WHERE o.realmId = :realm" + words.conditions("o.name")
                                + order,
                        type)
                .setParameter("realm", session.getContext().getRealm().getId());
        words.bind(query);
        return query;
    }

    private EntityManager em() {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }
}
