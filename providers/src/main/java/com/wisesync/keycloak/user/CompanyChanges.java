package com.wisesync.keycloak.user;

import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.AccountChanges;
import com.wisesync.keycloak.account.Accounts;
import com.wisesync.keycloak.account.Company;
import com.wisesync.keycloak.sessions.Sessions;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.keycloak.connections.jpa.support.EntityManagers;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.UserCache;
import org.keycloak.models.jpa.UserAdapter;
import org.keycloak.models.jpa.entities.UserAttributeEntity;
import org.keycloak.models.jpa.entities.UserEntity;

/** Connects and disconnects companies; disconnecting unassigns the company from every user. */
public final class CompanyChanges {

    /** How many users are loaded with one statement, and written before the persistence context is cleared. */
    private static final int BATCH = 200;

    /**
     * The result of disconnecting a company.
     *
     * @param company the company before; empty if the account had no such company
     * @param unassigned the users who lost it
     */
    public record Removal(Optional<Company> company, List<UserChange> unassigned) {

        public Removal {
            unassigned = List.copyOf(unassigned);
        }

        /** The users who have no company left, and therefore no access. */
        public List<AccountUser> withoutCompany() {
            return unassigned.stream()
                    .map(UserChange::after)
                    .filter(user -> user.companies().isEmpty())
                    .filter(user ->
                            user.role().filter(role -> role.listsCompanies()).isPresent())
                    .toList();
        }
    }

    private final KeycloakSession session;
    private final Accounts accounts;
    private final AccountChanges changes;
    private final AccountUsers users;
    private final EntityManager em;

    CompanyChanges(
            KeycloakSession session, Accounts accounts, AccountChanges changes, AccountUsers users, EntityManager em) {
        this.session = session;
        this.accounts = accounts;
        this.changes = changes;
        this.users = users;
        this.em = em;
    }

    /**
     * Connects a company or changes its name or package.
     *
     * @return the company before, if the account had it
     * @throws Refusal if the account no longer exists
     */
    public Optional<Company> put(Account account, Company company) {
        Account current = accounts.lock(account).orElseThrow(Refusal::notFound);
        return changes.put(current, company);
    }

    /**
     * Disconnects a company and unassigns it. An unknown company is unassigned too: an import may have left it at users.
     *
     * @throws Refusal if the account no longer exists
     */
    public Removal remove(Account account, String companyId) {
        Account current = accounts.lock(account).orElseThrow(Refusal::notFound);
        Optional<Company> before = current.company(companyId);
        List<AccountUser> assigned = users.findAll(current, users.idsWith(current, companyId));
        if (before.isPresent()) {
            changes.remove(current, companyId);
        }
        unassign(companyId, assigned);
        em.flush();
        if (assigned.size() > BATCH) {
            // Otherwise the event listener reads the sessions of each user, in this request.
            new Sessions(session)
                    .checkMembers(
                            current.id(), assigned.stream().map(AccountUser::id).toList());
        }
        return new Removal(
                before,
                assigned.stream()
                        .map(user -> new UserChange(user, user.withoutCompany(companyId)))
                        .toList());
    }

    /** In batches, because an account may be large. */
    private void unassign(String companyId, List<AccountUser> assigned) {
        EntityManagers.runInBatch(
                session,
                () -> {
                    for (int from = 0; from < assigned.size(); from += BATCH) {
                        unassignBatch(
                                companyId,
                                assigned.subList(from, Math.min(from + BATCH, assigned.size())).stream()
                                        .map(AccountUser::id)
                                        .toList());
                        EntityManagers.flush(session, true);
                    }
                },
                false);
    }

    private void unassignBatch(String companyId, List<String> ids) {
        Map<Boolean, List<UserEntity>> byDirectory =
                load(ids).stream().collect(Collectors.partitioningBy(user -> user.getFederationLink() != null));
        unassignLocal(companyId, byDirectory.get(false));
        byDirectory.get(true).forEach(user -> unassignFederated(companyId, user.getId()));
    }

    /**
     * As Keycloak's models do it (UserAdapter#removeAttribute, 26.7.4), but for many users at once: deletes with a query, takes
     * the attributes from the entities, and invalidates the caches of all nodes.
     */
    private void unassignLocal(String companyId, List<UserEntity> local) {
        Predicate<UserAttributeEntity> isAssignment = attribute ->
                Company.USER_ATTRIBUTE.equals(attribute.getName()) && companyId.equals(attribute.getValue());
        List<String> attributes = local.stream()
                .flatMap(user -> user.getAttributes().stream())
                .filter(isAssignment)
                .map(UserAttributeEntity::getId)
                .toList();
        if (!attributes.isEmpty()) {
            em.createQuery("DELETE FROM UserAttributeEntity a WHERE a.id IN :ids")
                    .setParameter("ids", attributes)
                    .executeUpdate();
        }
        for (UserEntity user : local) {
            user.getAttributes().removeIf(isAssignment);
            evict(user);
        }
    }

    /** Through the model, because the attribute may be mapped to the directory. */
    private void unassignFederated(String companyId, String userId) {
        UserModel user = session.users().getUserById(session.getContext().getRealm(), userId);
        if (user != null) {
            user.setAttribute(
                    Company.USER_ATTRIBUTE,
                    user.getAttributeStream(Company.USER_ATTRIBUTE)
                            .filter(company -> !company.equals(companyId))
                            .toList());
        }
    }

    /** Loads users and attributes with one statement. */
    private List<UserEntity> load(List<String> ids) {
        return em.createQuery(
                        "SELECT u FROM UserEntity u LEFT JOIN FETCH u.attributes WHERE u.id IN :ids", UserEntity.class)
                .setParameter("ids", ids)
                .getResultList();
    }

    private void evict(UserEntity user) {
        RealmModel realm = session.getContext().getRealm();
        UserCache cache = session.getProvider(UserCache.class);
        if (cache != null) {
            cache.evict(realm, new UserAdapter(session, realm, em, user));
        }
    }
}
