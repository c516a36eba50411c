package com.wisesync.keycloak.wisepay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Finds, from the other end, what noticing has missed: a database that was restored, a plugin installed late, a path nobody thought of.
 * Whoever has active links at Wise-Pay, but is turned off here, is told of again. Asks for links first and for users by their ids
 * afterwards: it scans no table, and what is delivered meanwhile moves no page.
 */
final class Reconciliation {

    private static final Logger LOG = Logger.getLogger(Reconciliation.class);

    private static final int LINKS = 500;
    private static final int USERS = 200;

    /** Ends even if Wise-Pay has no last page. */
    private static final int MOST_PAGES = 10_000;

    private final KeycloakSessionFactory factory;
    private final WisePay wisePay;

    Reconciliation(KeycloakSessionFactory factory, WisePay wisePay) {
        this.factory = factory;
        this.wisePay = wisePay;
    }

    /** Of one realm. Not in a transaction, but for the short ones it makes. */
    void of(String realmId) throws InterruptedException {
        Optional<String> apiKey =
                inRealm(realmId, session -> VaultSecret.at(wisePay.config().apiKey(), session));
        if (apiKey.isEmpty()) {
            LOG.errorf(
                    "Users of realm '%s' can't be compared with Wise-Pay's links: %s is not in the vault",
                    realmId, wisePay.config().apiKey());
            return;
        }
        try {
            List<String> users = new ArrayList<>(usersOfActiveLinks(apiKey.get()));
            int told = 0;
            for (int from = 0; from < users.size(); from += USERS) {
                List<String> some = users.subList(from, Math.min(from + USERS, users.size()));
                told += inRealm(realmId, session -> new MissedUsers(session).tell(some));
            }
            LOG.debugf("Compared. realm=%s users=%d missed=%d", realmId, users.size(), told);
        } catch (IOException e) {
            LOG.warnf("Users of realm '%s' can't be compared with Wise-Pay's links now: %s", realmId, e);
        }
    }

    private Set<String> usersOfActiveLinks(String apiKey) throws IOException, InterruptedException {
        Set<String> users = new LinkedHashSet<>();
        int first = 0;
        for (int page = 0; page < MOST_PAGES; page++) {
            List<Link> links = wisePay.api().activeLinks(first, LINKS, apiKey);
            if (links.isEmpty()) {
                return users;
            }
            // It may give fewer than we want, and still have more.
            first += links.size();
            links.stream().map(Link::user).filter(MissedUsers::isId).forEach(users::add);
        }
        LOG.warnf("Wise-Pay's active links have no end, compared the first %d", first);
        return users;
    }

    private <T> T inRealm(String realmId, Function<KeycloakSession, T> work) {
        return KeycloakModelUtils.runJobInTransactionWithResult(factory, session -> {
            RealmModel realm = session.realms().getRealm(realmId);
            if (realm == null) {
                throw new IllegalStateException("Realm " + realmId + " is gone");
            }
            session.getContext().setRealm(realm);
            return work.apply(session);
        });
    }
}
