package com.wisesync.keycloak.wisepay;

import com.wisesync.keycloak.outbox.Circuit;
import com.wisesync.keycloak.outbox.Delivery;
import com.wisesync.keycloak.outbox.DeliveryError;
import com.wisesync.keycloak.outbox.DeliveryResult;
import com.wisesync.keycloak.outbox.EntryHandler;
import com.wisesync.keycloak.outbox.HttpAnswer;
import com.wisesync.keycloak.outbox.Outbox;
import com.wisesync.keycloak.outbox.OutboxEntry;
import com.wisesync.keycloak.outbox.UnusableSecretException;
import com.wisesync.keycloak.outbox.VaultSecret;
import com.wisesync.keycloak.outbox.WebhookSignature;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.util.JsonSerialization;

/**
 * Sends one deactivation to Wise-Pay, unless the user is enabled again, in this or another account, or it can't be decided now
 * whether they are.
 */
final class DeactivationHandler implements EntryHandler {

    static final String OBSOLETE = "wiseSyncDeactivationObsolete";
    private static final String OTHER_ACCOUNT = "wiseSyncHeldOtherAccount";

    private static final Logger LOG = Logger.getLogger(DeactivationHandler.class);
    private static final Duration WHILE_OPEN = Duration.ofSeconds(1);

    private final KeycloakSession session;
    private final WisePay wisePay;

    DeactivationHandler(KeycloakSession session, WisePay wisePay) {
        this.session = session;
        this.wisePay = wisePay;
    }

    @Override
    public Delivery prepare(OutboxEntry entry) {
        Deactivation deactivation = Deactivation.parse(entry.payload());
        return switch (new EnabledAgain(session).test(deactivation)) {
            case YES -> () -> DeliveryResult.obsolete(DeliveryError.of(OBSOLETE));
            case UNDECIDED -> () -> DeliveryResult.blocked(DeliveryError.of("wiseSyncWisePayUserStorage"));
            case OTHER_ACCOUNT -> delivery(entry, deactivation, !entry.isReleased());
            case NO -> delivery(entry, deactivation, false);
        };
    }

    private Delivery delivery(OutboxEntry entry, Deactivation deactivation, boolean holds) {
        WisePayConfig config = wisePay.config();
        try {
            String apiKey = VaultSecret.apiKey(config.apiKey(), session);
            if (holds) {
                return () -> hold(deactivation.user().id(), apiKey);
            }
            WebhookSignature signature = VaultSecret.webhookSecrets(config.webhookSecret(), session);
            String id = entry.messageId();
            String body = entry.resent() == 0
                    ? entry.payload()
                    : deactivation.withId(id).json();
            List<Link> earlier = earlier(entry);
            return () -> send(id, body, apiKey, signature, earlier);
        } catch (UnusableSecretException e) {
            LOG.errorf("Nothing is sent to Wise-Pay for realm '%s': %s", entry.realmId(), e.getMessage());
            return () -> DeliveryResult.blocked(e.error());
        }
    }

    /** The links that Wise-Pay has named in earlier answers to this entry. */
    private List<Link> earlier(OutboxEntry entry) {
        return entry.resent() == 0
                ? List.of()
                : session.getProvider(Outbox.class)
                        .entries()
                        .find(entry.kind(), entry.realmId(), entry.id())
                        .map(stored -> LinksJson.stored(stored.answer()))
                        .orElse(List.of());
    }

    /** With the links concerned, if Wise-Pay answers. */
    private DeliveryResult hold(String userId, String apiKey) throws InterruptedException {
        String links = null;
        try {
            links = LinksJson.note(wisePay.queries().run(() -> wisePay.api().linksOf(userId, apiKey)).stream()
                    .filter(Link::isActive)
                    .toList());
        } catch (IOException e) {
            LOG.debugf(
                    "The links of user '%s' are not known: %s",
                    userId, e.getClass().getSimpleName());
        }
        return DeliveryResult.held(DeliveryError.of(OTHER_ACCOUNT), links);
    }

    private DeliveryResult send(String id, String body, String apiKey, WebhookSignature signature, List<Link> earlier)
            throws InterruptedException {
        Circuit circuit = wisePay.circuit();
        if (!circuit.tryCall()) {
            return DeliveryResult.notNow(WHILE_OPEN);
        }
        URI url = wisePay.config().url().orElseThrow();
        DeliveryResult result = null;
        try {
            HttpAnswer answer = wisePay.api().deactivate(id, body, apiKey, signature);
            if (wisePay.keyRefusalBegins(answer.status())) {
                LOG.warnf(
                        "Wise-Pay answers %d: it does not accept our API key. Deactivations wait until it does.",
                        answer.status());
            }
            result = resultOf(answer, url, earlier);
        } catch (IOException e) {
            LOG.debugf(
                    "Wise-Pay did not accept a deactivation. id=%s error=%s",
                    id, e.getClass().getSimpleName());
            result = DeliveryResult.retry(WisePayErrors.of(e, url));
        } finally {
            circuit.record(result);
        }
        return result;
    }

    /**
     * Decides by the status, as the contract says, whether the message is delivered, repeated or given up.
     *
     * @param earlier the links that Wise-Pay has named in earlier answers to this entry; they are kept, because reconciling takes
     *     links that no answer has named for newer ones
     */
    static DeliveryResult resultOf(HttpAnswer answer, URI url, List<Link> earlier) throws IOException {
        if (answer.isSuccess()) {
            // A 200 names the links. The contract has no other 2xx, which may come without a body.
            boolean empty = answer.status() != 200 && answer.body().isBlank();
            return delivered(earlier, empty ? List.of() : LinksJson.deactivated(answer.body()));
        }
        DeliveryError error = WisePayErrors.ofStatus(answer.status());
        return switch (answer.status()) {
            // Wise-Pay does not know this user: there is nothing to deactivate.
            case 404 -> delivered(earlier, List.of());
            case 408 -> DeliveryResult.retry(error);
            case 429, 503 -> DeliveryResult.retry(error, answer.retryAfter(ZonedDateTime.now(ZoneOffset.UTC)));
            // Our API key is wrong, which says nothing about this entry.
            case 401, 403 ->
                DeliveryResult.blocked(DeliveryError.of("wiseSyncWisePayKeyRefused", answer.status())
                        .withDetail(url.getAuthority()));
            default ->
                answer.status() >= 400 && answer.status() < 500
                        ? DeliveryResult.deadLetter(error)
                        : DeliveryResult.retry(error);
        };
    }

    private static DeliveryResult delivered(List<Link> earlier, List<Link> deactivated) throws IOException {
        Set<String> named = deactivated.stream().map(Link::id).collect(Collectors.toSet());
        List<Link> all = Stream.concat(
                        earlier.stream().filter(link -> !named.contains(link.id())), deactivated.stream())
                .toList();
        return DeliveryResult.delivered(JsonSerialization.writeValueAsString(all));
    }
}
