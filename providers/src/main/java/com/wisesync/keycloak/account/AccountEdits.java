package com.wisesync.keycloak.account;

import com.wisesync.keycloak.Refusal;
import jakarta.persistence.EntityManager;
import java.util.Optional;
import java.util.Set;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelDuplicateException;

/** Creating and changing accounts, written before it returns. */
public final class AccountEdits {

    private final Accounts accounts;
    private final AccountChanges changes;
    private final EntityManager em;

    public AccountEdits(KeycloakSession session) {
        this.accounts = new Accounts(session);
        this.changes = new AccountChanges(session);
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    public Account create(AccountSettings settings) {
        try {
            Account account = changes.create(settings);
            em.flush();
            return account;
        } catch (ModelDuplicateException e) {
            throw taken(settings);
        }
    }

    /** @param versions of the account that was edited, any of them; empty to take it as it is */
    public Account update(Account of, Optional<Set<String>> versions, AccountSettings settings) {
        Account account = accounts.lock(of).orElseThrow(Refusal::notFound);
        if (versions.filter(any -> !any.contains(account.version())).isPresent()) {
            throw Refusal.of(Refusal.Kind.STALE, "wiseSyncStale", account.name());
        }
        try {
            Account updated = changes.update(account, settings);
            em.flush();
            return updated;
        } catch (ModelDuplicateException e) {
            throw taken(settings);
        }
    }

    private static Refusal taken(AccountSettings settings) {
        return Refusal.conflict("name", "wiseSyncAccountNameTaken", settings.name());
    }
}
