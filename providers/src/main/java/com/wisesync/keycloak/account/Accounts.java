package com.wisesync.keycloak.account;

import com.wisesync.keycloak.Refusal;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.TypedQuery;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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

    /** H2 would give up after two seconds, PostgreSQL never. */
    private static final int PATIENCE_MS = 30_000;

    private final KeycloakSession session;
    private final OrganizationProvider organizations;

    public Accounts(KeycloakSession session) {
        this.session = session;
        this.organizations = session.getProvider(OrganizationProvider.class);
    }

    public Optional<Account> find(String id) {
        return Optional.ofNullable(organizations.getById(id)).map(Account::new);
    }

    /**
     * The account this user belongs to: they are an unmanaged member of exactly this one organization. Whoever is in
     * none, in several, or managed by an identity provider has no account.
     */
    public Optional<Account> of(UserModel user) {
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

    /** Whether somebody is a member in whatever way, belongs to other accounts as well or not. */
    public boolean isMember(Account account, UserModel user) {
        return organizations.getMemberById(account.organization(), user.getId()) != null;
    }

    /** A page of all accounts, sorted by name. */
    public List<Account> page(Optional<String> search, int first, int max) {
        return query("SELECT o.id", " ORDER BY LOWER(o.name), o.id", search, String.class)
                .setFirstResult(first)
                .setMaxResults(max)
                .getResultList()
                .stream()
                .flatMap(id -> find(id).stream())
                .toList();
    }

    public long count(Optional<String> search) {
        return query("SELECT COUNT(o.id)", "", search, Long.class).getSingleResult();
    }

    /**
     * From here to the end of the transaction nobody else changes this account, its companies or its users through us: whoever
     * tries waits. That is what makes rules over several users hold (the last account-admin, a company that is assigned while
     * it goes). The row of the organization is the lock, on every node and database alike.
     *
     * <p>The account returned is the database's. Another request's commit reaches Keycloak's caches only after it has
     * let the lock go, so they are passed over here.
     */
    public Optional<Account> lock(Account account) {
        if (!isLocked(account.id())) {
            return Optional.empty();
        }
        OrganizationModel organization = organizations.getById(account.id());
        // Never changes anything, and makes the cache's adapter turn to the database.
        organization.setAlias(organization.getAlias());
        return Optional.of(new Account(organization));
    }

    /** The same for who changes its users and not the account: every node keeps the account in its cache. */
    public Optional<Account> lockToRead(Account account) {
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
        session.getProvider(CacheRealmProvider.class).registerGroupInvalidation(group.getId());
        return true;
    }

    private static OrganizationEntity lockedRow(EntityManager em, String id) {
        try {
            return em.find(
                    OrganizationEntity.class,
                    id,
                    LockModeType.PESSIMISTIC_WRITE,
                    Map.of("jakarta.persistence.lock.timeout", PATIENCE_MS));
        } catch (PersistenceException | ModelException e) {
            throw Refusal.of(Refusal.Kind.CONFLICT, "wiseSyncBusy");
        }
    }

    /** Makes somebody a user of this account. */
    public void join(Account account, UserModel user) {
        if (!organizations.addMember(account.organization(), user)) {
            throw new IllegalStateException("User " + user.getId() + " did not become a member of " + account.id());
        }
    }

    private <T> TypedQuery<T> query(String select, String order, Optional<String> search, Class<T> type) {
        TypedQuery<T> query = em().createQuery(
                        select + " FROM OrganizationEntity o WHERE o.realmId = :realm"
                                + (search.isPresent() ? " AND LOWER(o.name) LIKE :search ESCAPE '!'" : "") + order,
                        type)
                .setParameter("realm", session.getContext().getRealm().getId());
        search.map(text -> text.toLowerCase(Locale.ROOT).replaceAll("[!%_]", "!$0"))
                .ifPresent(text -> query.setParameter("search", "%" + text + "%"));
        return query;
    }

    private EntityManager em() {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }
}
