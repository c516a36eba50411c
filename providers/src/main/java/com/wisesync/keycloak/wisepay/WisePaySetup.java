package com.wisesync.keycloak.wisepay;

import com.wisesync.keycloak.OptIn;
import com.wisesync.keycloak.SetupCheck;
import com.wisesync.keycloak.SetupFinding;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Checks Wise-Pay's address, its two Vault entries, and whether it answers with the API key. */
public final class WisePaySetup implements SetupCheck {

    private static final String REACHABLE = "wise-pay";

    /** No user has this id, so the answer contains no link. */
    private static final String UNKNOWN_USER = "setup-check";

    @Override
    public Stream<SetupFinding> findings(KeycloakSession session, RealmModel realm) {
        WisePay wisePay = WisePay.in(session);
        return Stream.of(
                SetupFinding.require(
                        wisePay.configured(),
                        "wise-pay-url",
                        "spi-events-listener--%s--%s".formatted(OptIn.LISTENER, WisePayConfigProperties.URL)),
                SetupFinding.require(
                        VaultSecret.at(wisePay.config().apiKey(), session).isPresent(),
                        "wise-pay-api-key",
                        wisePay.config().apiKey(),
                        realm.getName()),
                SetupFinding.require(
                        VaultSecret.at(wisePay.config().webhookSecret(), session)
                                .filter(WisePaySetup::isSecret)
                                .isPresent(),
                        "wise-pay-webhook-secret",
                        wisePay.config().webhookSecret(),
                        realm.getName()));
    }

    @Override
    public List<Probe> probes(KeycloakSession session, RealmModel realm) {
        WisePay wisePay = WisePay.in(session);
        Optional<String> apiKey = VaultSecret.at(wisePay.config().apiKey(), session);
        return wisePay.configured() && apiKey.isPresent()
                ? List.of(new Probe(REACHABLE, () -> {
                    wisePay.api().linksOf(UNKNOWN_USER, apiKey.get());
                    return SetupFinding.ok(REACHABLE);
                }))
                : List.of();
    }

    private static boolean isSecret(String text) {
        try {
            return WebhookSignature.with(text) != null;
        } catch (IllegalArgumentException e) {
            // The finding says what to do; the exception adds nothing.
            return false;
        }
    }
}
