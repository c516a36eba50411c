package com.wisesync.keycloak.wisepay;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.endsWith;
import static org.mockito.ArgumentMatchers.intThat;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.wisesync.keycloak.OptIn;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keycloak.cluster.ClusterProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;

class ReconciliationScheduleTest {

    /** A scheduled task that throws is never run again, and no error is logged. */
    @Test
    void goesOnAfterAnError() {
        KeycloakSessionFactory factory = mock();
        when(factory.create()).thenThrow(new NoClassDefFoundError("as when a jar is replaced under a server"));
        ReconciliationSchedule schedule = new ReconciliationSchedule(factory, often());

        schedule.start();

        verify(factory, timeout(10_000).atLeast(2)).create();
        schedule.stop();
    }

    /** Between two sites, the lock of a node that dies is not removed. It must not expire during a run either. */
    @Test
    void theLockExpiresSoonAfterTheLongestRun() {
        KeycloakSessionFactory factory = mock();
        KeycloakSession session = mock(KeycloakSession.class, RETURNS_DEEP_STUBS);
        ClusterProvider cluster = mock();
        RealmModel realm = mock();
        when(factory.create()).thenReturn(session);
        doReturn(cluster).when(session).getProvider(ClusterProvider.class);
        when(session.realms().getRealmsStream()).thenAnswer(call -> Stream.of(realm));
        when(realm.getId()).thenReturn("realm");
        when(realm.getName()).thenReturn("wise-sync");
        when(realm.getEventsListenersStream()).thenAnswer(call -> Stream.of(OptIn.LISTENER));
        ReconciliationSchedule schedule = new ReconciliationSchedule(factory, often());

        schedule.start();

        long longest = ActiveLinks.MAX_DURATION.toSeconds();
        verify(cluster, timeout(10_000).atLeastOnce())
                .executeIfNotExecuted(
                        endsWith("realm"), intThat(seconds -> seconds > longest && seconds < 2 * longest), any());
        schedule.stop();
    }

    private static WisePay often() {
        WisePay wisePay = mock();
        WisePayConfig config = mock();
        when(wisePay.config()).thenReturn(config);
        when(config.reconcileEvery()).thenReturn(Duration.ofMillis(1));
        return wisePay;
    }
}
