package com.wisesync.keycloak.wisepay;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;

/** A user's links, asked from Wise-Pay now and kept nowhere. */
public final class WisePayLinks {

    private static final Logger LOG = Logger.getLogger(WisePayLinks.class);

    private final KeycloakSession session;
    private final WisePay wisePay;

    public WisePayLinks(KeycloakSession session) {
        this.session = session;
        this.wisePay = WisePay.in(session);
    }

    /** Takes 3 seconds at most. The realm must be in the session's context. */
    public List<Link> of(String userId) throws WisePayUnreachableException {
        if (!wisePay.configured()) {
            throw new WisePayUnreachableException("Where Wise-Pay is has not been configured");
        }
        Optional<String> apiKey = VaultSecret.at(wisePay.config().apiKey(), session);
        if (apiKey.isEmpty()) {
            LOG.errorf(
                    "Wise-Pay can't be asked: %s is not in the vault",
                    wisePay.config().apiKey());
            throw new WisePayUnreachableException("Wise-Pay's API key is not in the vault");
        }
        try {
            return wisePay.asking().ask(() -> wisePay.api().linksOf(userId, apiKey.get()));
        } catch (IOException e) {
            LOG.debugf(e, "Wise-Pay can't be asked for the links of user '%s'", userId);
            throw new WisePayUnreachableException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WisePayUnreachableException(e);
        }
    }
}
