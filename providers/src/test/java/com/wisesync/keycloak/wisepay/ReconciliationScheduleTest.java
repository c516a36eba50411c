package com.wisesync.keycloak.wisepay;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSessionFactory;

class ReconciliationScheduleTest {

    /** A scheduled task that throws is never run again, and no error is logged. */
    @Test
    void goesOnAfterAnError() {
        WisePay wisePay = mock();
        WisePayConfig config = mock();
        when(wisePay.config()).thenReturn(config);
        when(config.reconcileEvery()).thenReturn(Duration.ofMillis(1));
        KeycloakSessionFactory factory = mock();
        when(factory.create()).thenThrow(new NoClassDefFoundError("as when a jar is replaced under a server"));
        ReconciliationSchedule schedule = new ReconciliationSchedule(factory, wisePay);

        schedule.start();

        verify(factory, timeout(10_000).atLeast(2)).create();
        schedule.stop();
    }
}
