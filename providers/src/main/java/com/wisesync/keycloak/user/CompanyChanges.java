package com.wisesync.keycloak.user;

import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.access.AccessRules;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.AccountChanges;
import com.wisesync.keycloak.account.Accounts;
import com.wisesync.keycloak.account.Company;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import org.keycloak.connections.jpa.support.EntityManagers;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
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
        Optional<Company> before = current.company(company.id());
        if (before.filter(company::equals).isEmpty()) {
            changes.put(current, company);
            em.flush();
        }
        return before;
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
        return new Removal(
                before,
                assigned.stream()
                        .map(user -> new UserChange(user, user.withoutCompany(companyId)))
                        .toList());
    }

    /** Through Keycloak's models, which invalidate the caches of all nodes; in batches, because an account may be large. */
    private void unassign(String companyId, List<AccountUser> assigned) {
        EntityManagers.runInBatch(
                session,
                () -> {
                    for (int from = 0; from < assigned.size(); from += BATCH) {
                        List<String> ids = assigned.subList(from, Math.min(from + BATCH, assigned.size())).stream()
                                .map(AccountUser::id)
                                .toList();
                        load(ids);
                        ids.forEach(id -> unassign(companyId, id));
                        EntityManagers.flush(session, true);
                    }
                },
                false);
    }

    /** Loads users and attributes with one statement; the models then find them in the persistence context. */
    private void load(List<String> ids) {
        em.createQuery("SELECT u FROM UserEntity u LEFT JOIN FETCH u.attributes WHERE u.id IN :ids", UserEntity.class)
                .setParameter("ids", ids)
                .getResultList();
    }

    private void unassign(String companyId, String userId) {
        RealmModel realm = session.getContext().getRealm();
        UserModel user = session.users().getUserById(realm, userId);
        if (user == null) {
            return;
        }
        List<String> left = user.getAttributeStream(AccessRules.COMPANIES)
                .filter(company -> !company.equals(companyId))
                .toList();
        user.setAttribute(AccessRules.COMPANIES, left);
    }
}
