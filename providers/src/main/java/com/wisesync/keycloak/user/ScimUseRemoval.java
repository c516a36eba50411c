package com.wisesync.keycloak.user;

import java.util.List;
import org.keycloak.events.outbox.OutboxStore;
import org.keycloak.models.OrganizationModel.OrganizationRemovedEvent;
import org.keycloak.models.RealmModel.RealmRemovedEvent;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;

/** Deletes the rows of {@link ScimUse} with their account or realm: {@code OUTBOX_ENTRY} has no foreign key to either. */
public final class ScimUseRemoval implements ProviderEventListener {

    private static final List<String> KINDS = List.of(ScimUse.KIND_USE, ScimUse.KIND_ERROR);

    @Override
    public void onEvent(ProviderEvent event) {
        if (event instanceof OrganizationRemovedEvent removed) {
            OutboxStore store = new OutboxStore(removed.getKeycloakSession());
            KINDS.forEach(
                    kind -> store.deleteByOwner(kind, removed.getOrganization().getId()));
        } else if (event instanceof RealmRemovedEvent removed) {
            OutboxStore store = new OutboxStore(removed.getKeycloakSession());
            KINDS.forEach(kind -> store.deleteByRealm(kind, removed.getRealm().getId()));
        }
    }
}
