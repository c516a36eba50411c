package com.wisesync.keycloak.user;

import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.AccountChanges;
import com.wisesync.keycloak.account.Accounts;
import com.wisesync.keycloak.account.Company;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** Connecting and disconnecting companies, with what that means for users. */
public final class CompanyChanges {

    /**
     * What a disconnected company leaves behind.
     *
     * @param company what it was; empty when there was none
     * @param unassigned everybody who had it
     */
    public record Removal(Optional<Company> company, List<UserChange> unassigned) {

        public Removal {
            unassigned = List.copyOf(unassigned);
        }

        /** Who has no company left. */
        public List<AccountUser> withoutCompany() {
            return unassigned.stream()
                    .map(UserChange::after)
                    .filter(user -> user.companies().isEmpty())
                    .filter(user ->
                            user.role().filter(role -> role.listsCompanies()).isPresent())
                    .toList();
        }
    }

    private final Accounts accounts;
    private final AccountChanges changes;
    private final UserChanges users;
    private final EntityManager em;

    public CompanyChanges(KeycloakSession session) {
        this.accounts = new Accounts(session);
        this.changes = new AccountChanges(session);
        this.users = new UserChanges(session);
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /** Answers what the company was before, if there was one. */
    public Optional<Company> put(Account of, Company company) {
        Account account = accounts.lock(of).orElseThrow(Refusal::notFound);
        Optional<Company> before = account.company(company.id());
        if (before.filter(company::equals).isEmpty()) {
            changes.put(account, company);
            em.flush();
        }
        return before;
    }

    public Removal remove(Account of, String companyId) {
        Account account = accounts.lock(of).orElseThrow(Refusal::notFound);
        Optional<Company> before = account.company(companyId);
        // Also of a company that is not there: an import may have left it assigned.
        List<AccountUser> assigned = users.assignedTo(account, companyId);
        Account without = before.isPresent() ? changes.remove(account, companyId) : account;
        List<UserChange> unassigned = users.unassign(without, companyId, assigned);
        em.flush();
        return new Removal(before, unassigned);
    }
}
