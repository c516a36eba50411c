package com.wisesync.keycloak.mail;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.wisesync.keycloak.outbox.Outbox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.SingleUseObjectProvider;
import org.keycloak.models.UserModel;

class EmailsTest {

    private final KeycloakSession session = mock(KeycloakSession.class, RETURNS_DEEP_STUBS);
    private final Outbox outbox = mock(Outbox.class);
    private final UserModel user = mock(UserModel.class);
    private final SingleUseObjectProvider slots = mock(SingleUseObjectProvider.class);

    @BeforeEach
    void aUser() {
        when(user.getId()).thenReturn("u");
        when(session.getContext().getRealm().getId()).thenReturn("r");
        when(session.getKeycloakSessionFactory().create().singleUseObjects()).thenReturn(slots);
        doReturn(outbox).when(session).getProvider(Outbox.class);
    }

    @Test
    void aRequestedLinkTakesAFreeSlot() {
        when(slots.putIfAbsent(any(), anyLong())).thenReturn(false, false, false, false, true);

        new Emails(session).resetRequested(user, "https://keycloak.example/");

        verify(outbox).enqueue(any());
        verify(slots, times(5)).putIfAbsent(any(), anyLong());
    }

    @Test
    void aRequestTakesASlotOfTheClientAddress() {
        when(slots.putIfAbsent(any(), anyLong())).thenReturn(false, true);

        new Emails(session).requestPasswordLink("uma@acme.example", "192.0.2.1");

        verify(outbox).enqueue(any());
        verify(slots, times(2)).putIfAbsent(contains("password-link-client.r.request:"), anyLong());
    }

    /** Parallel requests of one address are counted before their rows are committed. */
    @Test
    void noRequestIsQueuedWhenAllSlotsOfTheClientAddressAreTaken() {
        new Emails(session).requestPasswordLink("uma@acme.example", "192.0.2.1");

        verify(outbox, never()).enqueue(any());
        verify(slots, times(60)).putIfAbsent(any(), anyLong());
    }

    /** Parallel requests are counted before their rows are committed. */
    @Test
    void noLinkIsSentWhenAllSlotsAreTaken() {
        new Emails(session).resetRequested(user, "https://keycloak.example/");

        verify(outbox, never()).enqueue(any());
    }
}
