package com.wisesync.keycloak.wisepay;

import com.wisesync.keycloak.OptIn;
import com.wisesync.keycloak.SetupCheck;
import com.wisesync.keycloak.SetupFinding;
import com.wisesync.keycloak.outbox.UnusableSecretException;
import com.wisesync.keycloak.outbox.VaultSecret;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Checks Wise-Pay's address, its two Vault entries, and whether it answers with the API key. */
public final class WisePaySetup implements SetupCheck {

    private static final Logger LOG = Logger.getLogger(WisePaySetup.class);
    private static final String REACHABLE = "wise-pay";

    /** No user has this id, so the answer contains no link. */
    private static final String UNKNOWN_USER = "setup-check";

    @Override
    public Stream<SetupFinding> findings(KeycloakSession session, RealmModel realm) {
        WisePay wisePay = WisePay.of(session);
        return Stream.of(
                SetupFinding.require(
                        wisePay.configured(),
                        "wise-pay-url",
                        "spi-events-listener--%s--%s".formatted(OptIn.LISTENER, WisePayConfigProperties.URL)),
                apiKeyFinding(wisePay, session, realm),
                SetupFinding.require(
                        hasWebhookSecret(wisePay, session),
                        "wise-pay-webhook-secret",
                        wisePay.config().webhookSecret(),
                        realm.getName()));
    }

    @Override
    public List<Probe> probes(KeycloakSession session, RealmModel realm) {
        WisePay wisePay = WisePay.of(session);
        Optional<String> apiKey = apiKey(wisePay, session);
        return wisePay.configured() && apiKey.isPresent()
                ? List.of(new Probe(REACHABLE, () -> {
                    wisePay.api().linksOf(UNKNOWN_USER, apiKey.get());
                    return SetupFinding.ok(REACHABLE);
                }))
                : List.of();
    }

    private static SetupFinding apiKeyFinding(WisePay wisePay, KeycloakSession session, RealmModel realm) {
        String key = "wise-pay-api-key";
        String reference = wisePay.config().apiKey();
        try {
            VaultSecret.apiKey(reference, session);
            return SetupFinding.ok(key);
        } catch (UnusableSecretException e) {
            LOG.debugf("No API key: %s", e.getMessage());
            return e.isMissing()
                    ? SetupFinding.error(key, "wrong", reference, realm.getName())
                    : SetupFinding.error(key, "invalid", reference);
        }
    }

    private static Optional<String> apiKey(WisePay wisePay, KeycloakSession session) {
        try {
            return Optional.of(VaultSecret.apiKey(wisePay.config().apiKey(), session));
        } catch (UnusableSecretException e) {
            LOG.debugf("No API key: %s", e.getMessage());
            return Optional.empty();
        }
    }

    private static boolean hasWebhookSecret(WisePay wisePay, KeycloakSession session) {
        try {
            VaultSecret.webhookSecrets(wisePay.config().webhookSecret(), session);
            return true;
        } catch (UnusableSecretException e) {
            LOG.debugf("No webhook secret: %s", e.getMessage());
            return false;
        }
    }
}
