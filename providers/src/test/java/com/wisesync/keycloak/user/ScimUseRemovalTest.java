package com.wisesync.keycloak.user;

import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.mockConstruction;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import org.junit.jupiter.api.Test;
import org.keycloak.events.outbox.OutboxStore;
import org.keycloak.models.OrganizationModel.OrganizationRemovedEvent;
import org.keycloak.models.RealmModel.RealmRemovedEvent;
import org.keycloak.provider.ProviderEvent;
import org.mockito.MockedConstruction;

class ScimUseRemovalTest {

    @Test
    void theRowsOfADeletedAccountAreDeleted() {
        OrganizationRemovedEvent removed = mock(OrganizationRemovedEvent.class, RETURNS_DEEP_STUBS);
        when(removed.getOrganization().getId()).thenReturn("account");

        OutboxStore store = storeUsedFor(removed);

        verify(store).deleteByOwner("wise-sync-scim-use", "account");
        verify(store).deleteByOwner("wise-sync-scim-error", "account");
    }

    @Test
    void theRowsOfADeletedRealmAreDeleted() {
        RealmRemovedEvent removed = mock(RealmRemovedEvent.class, RETURNS_DEEP_STUBS);
        when(removed.getRealm().getId()).thenReturn("realm");

        OutboxStore store = storeUsedFor(removed);

        verify(store).deleteByRealm("wise-sync-scim-use", "realm");
        verify(store).deleteByRealm("wise-sync-scim-error", "realm");
    }

    private static OutboxStore storeUsedFor(ProviderEvent event) {
        try (MockedConstruction<OutboxStore> stores = mockConstruction(OutboxStore.class)) {
            new ScimUseRemoval().onEvent(event);
            return stores.constructed().get(0);
        }
    }
}
