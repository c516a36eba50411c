package com.wisesync.keycloak.outbox;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nothing would be delivered any more without these threads. */
class DrainerTest {

    private static final long TIMEOUT_MS = 20_000;

    private final Leases leases = mock(Leases.class);
    private final Attempt attempt = mock(Attempt.class);
    private final EntryHandlerFactory handlers = mock(EntryHandlerFactory.class);
    private Drainer drainer;

    @BeforeEach
    void hasOneSender() {
        when(handlers.getId()).thenReturn("test");
        when(handlers.parallel()).thenReturn(1);
        when(handlers.freeSlots()).thenReturn(1);
        when(leases.count()).thenReturn(EntryCounts.Counts.NONE);
        when(leases.nextDue()).thenReturn(Optional.empty());
        drainer = new Drainer(handlers, leases, attempt);
    }

    @AfterEach
    void stop() {
        drainer.stopLeasing();
        drainer.interruptSenders();
    }

    @Test
    void goesOnAfterAnErrorWhileLeasing() {
        when(leases.leaseDue(anyInt()))
                .thenThrow(new NoClassDefFoundError("as when a jar is replaced under a server"))
                .thenReturn(new Leases.Leased(List.of(), false));

        drainer.start();

        verify(leases, timeout(TIMEOUT_MS)).nextDue();
    }

    @Test
    void goesOnAfterAnErrorInASender() throws Exception {
        Lease first = lease("first");
        Lease second = lease("second");
        DeliveryResult delivered = DeliveryResult.delivered();
        when(attempt.deliver(any())).thenThrow(new StackOverflowError()).thenReturn(delivered);
        when(leases.leaseDue(anyInt()))
                .thenReturn(new Leases.Leased(List.of(first), false))
                .thenReturn(new Leases.Leased(List.of(second), false))
                .thenReturn(new Leases.Leased(List.of(), false));

        drainer.start();

        verify(leases, timeout(TIMEOUT_MS)).record(eq(second), eq(delivered));
    }

    @Test
    void purges() {
        when(leases.leaseDue(anyInt())).thenReturn(new Leases.Leased(List.of(), false));

        drainer.start();

        verify(leases, timeout(TIMEOUT_MS)).purgeEnded();
    }

    private static Lease lease(String id) {
        return new Lease(id, id, Instant.now(), null);
    }
}
