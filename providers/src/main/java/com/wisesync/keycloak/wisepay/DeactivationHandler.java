package com.wisesync.keycloak.wisepay;

import com.wisesync.keycloak.outbox.Delivery;
import com.wisesync.keycloak.outbox.DeliveryResult;
import com.wisesync.keycloak.outbox.EntryHandler;
import com.wisesync.keycloak.outbox.OutboxEntry;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.util.JsonSerialization;

/** Tells Wise-Pay of one user who was turned off. */
final class DeactivationHandler implements EntryHandler {

    private static final Logger LOG = Logger.getLogger(DeactivationHandler.class);

    private final KeycloakSession session;
    private final WisePay wisePay;

    DeactivationHandler(KeycloakSession session, WisePay wisePay) {
        this.session = session;
        this.wisePay = wisePay;
    }

    @Override
    public Delivery prepare(OutboxEntry entry) {
        WisePayConfig config = wisePay.config();
        Optional<String> apiKey = VaultSecret.at(config.apiKey(), session);
        Optional<String> secrets = VaultSecret.at(config.webhookSecret(), session);
        if (apiKey.isEmpty() || secrets.isEmpty()) {
            String missing = (apiKey.isEmpty() ? config.apiKey() : config.webhookSecret()) + " is not in the vault";
            LOG.errorf("Nothing is sent to Wise-Pay for realm '%s': %s", entry.realmId(), missing);
            return () -> DeliveryResult.retry(missing);
        }
        WebhookSignature signature;
        try {
            signature = WebhookSignature.with(secrets.get());
        } catch (IllegalArgumentException e) {
            LOG.errorf(
                    "Nothing is sent to Wise-Pay for realm '%s': %s: %s",
                    entry.realmId(), config.webhookSecret(), e.getMessage());
            return () -> DeliveryResult.retry(config.webhookSecret() + ": " + e.getMessage());
        }
        return () -> send(entry, apiKey.get(), signature);
    }

    private DeliveryResult send(OutboxEntry entry, String apiKey, WebhookSignature signature)
            throws InterruptedException {
        Circuit circuit = wisePay.circuit();
        if (!circuit.permits()) {
            return DeliveryResult.notNow(Duration.ofSeconds(1));
        }
        DeliveryResult result = null;
        try {
            result = judge(wisePay.api().deactivate(entry.id(), entry.payload(), apiKey, signature));
        } catch (IOException e) {
            result = DeliveryResult.retry(e.getClass().getSimpleName() + ": " + e.getMessage());
        } finally {
            circuit.learn(result);
        }
        return result;
    }

    /** The contract: what is heard, what is worth another attempt, what never will be. */
    static DeliveryResult judge(HttpAnswer answer) throws IOException {
        if (answer.done()) {
            List<Link> deactivated = LinksJson.deactivated(answer.body());
            return DeliveryResult.delivered(JsonSerialization.writeValueAsString(deactivated));
        }
        String error = "Wise-Pay answered " + answer.status();
        return switch (answer.status()) {
            // Wise-Pay has never met this user: there is nothing to deactivate.
            case 404 -> DeliveryResult.delivered("[]");
            case 408 -> DeliveryResult.retry(error);
            case 429, 503 -> DeliveryResult.retry(error, answer.retryAfter(ZonedDateTime.now(ZoneOffset.UTC)));
            default ->
                answer.status() >= 400 && answer.status() < 500
                        ? DeliveryResult.deadLetter(error)
                        : DeliveryResult.retry(error);
        };
    }
}
