package com.wisesync.keycloak.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSessionFactory;

class AttemptTest {

    private final KeycloakSessionFactory factory = mock(KeycloakSessionFactory.class);
    private final Attempt attempt = new Attempt(factory, mock(EntryHandlerFactory.class));

    /** An exception's text may contain a secret, as that of the HTTP client does. */
    @Test
    void storesTheTextOfNoException() throws Exception {
        when(factory.create()).thenThrow(new IllegalArgumentException("invalid header value: Bearer the-key"));

        DeliveryResult result = attempt.deliver(entry());

        assertThat(result.outcome()).isEqualTo(DeliveryResult.Outcome.RETRY);
        assertThat(result.error()).contains("IllegalArgumentException").doesNotContain("the-key");
    }

    @Test
    void recordsAnErrorAsAFailedAttempt() throws Exception {
        when(factory.create()).thenThrow(new NoClassDefFoundError("x"));

        assertThat(attempt.deliver(entry()).outcome()).isEqualTo(DeliveryResult.Outcome.RETRY);
    }

    private static OutboxEntry entry() {
        return new OutboxEntry("kind", "realm", "owner", "id", "type", "{}", 0, 0, false, Instant.now());
    }
}
