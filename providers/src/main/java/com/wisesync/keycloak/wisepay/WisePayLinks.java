package com.wisesync.keycloak.wisepay;

import com.wisesync.keycloak.outbox.UnusableSecretException;
import com.wisesync.keycloak.outbox.VaultSecret;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;

/** Queries a user's links from Wise-Pay. They are not stored here. */
public final class WisePayLinks {

    private static final Logger LOG = Logger.getLogger(WisePayLinks.class);

    private final KeycloakSession session;
    private final WisePay wisePay;

    /** @param session with the realm in its context */
    public WisePayLinks(KeycloakSession session) {
        this.session = session;
        this.wisePay = WisePay.of(session);
    }

    /**
     * The links of a user, active and inactive. Takes 3 seconds at most.
     *
     * @throws WisePayUnreachableException if Wise-Pay is not configured, does not answer or answers with an error
     */
    public List<Link> query(String userId) throws WisePayUnreachableException {
        String apiKey = apiKey();
        try {
            return wisePay.queries().run(() -> wisePay.api().linksOf(userId, apiKey));
        } catch (IOException e) {
            LOG.debugf(e, "Wise-Pay can't be queried for the links of user '%s'", userId);
            throw new WisePayUnreachableException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WisePayUnreachableException(e);
        }
    }

    /**
     * The links of many users, active and inactive. Call it after the transaction: it may take as long as {@code limit}.
     *
     * @param limit when queries without an answer are given up
     * @return the links by user id; users are left out if Wise-Pay has not answered about them
     * @throws WisePayUnreachableException if Wise-Pay is not configured, or the server stops
     */
    public Map<String, List<Link>> queryEach(Collection<String> userIds, Duration limit)
            throws WisePayUnreachableException {
        String apiKey = apiKey();
        try {
            return wisePay.queries()
                    .runForEach(userIds, limit, userId -> wisePay.api().linksOf(userId, apiKey));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WisePayUnreachableException(e);
        }
    }

    private String apiKey() throws WisePayUnreachableException {
        if (!wisePay.configured()) {
            throw new WisePayUnreachableException("The address of Wise-Pay is not configured");
        }
        try {
            return VaultSecret.apiKey(wisePay.config().apiKey(), session);
        } catch (UnusableSecretException e) {
            LOG.errorf("Wise-Pay can't be queried: %s", e.getMessage());
            throw new WisePayUnreachableException(e);
        }
    }
}
