package com.wisesync.keycloak.lifecycle;

import com.wisesync.keycloak.OptIn;
import com.wisesync.keycloak.outbox.Outbox;
import com.wisesync.keycloak.outbox.ServerMode;
import jakarta.ws.rs.ForbiddenException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientModel.ClientUpdatedEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ProviderEvent;

/**
 * Sends every user to a client once when its lifecycle events are enabled, and again when its address changes. Detects both when
 * the client is saved and, for clients of an imported realm, when the server starts.
 */
final class Backfill {

    private static final Logger LOG = Logger.getLogger(Backfill.class);

    /** The path of Keycloak's client registration, where anyone with a registration token edits a client. */
    private static final String REGISTRATION = "/clients-registrations/";

    void listenTo(KeycloakSessionFactory factory) {
        factory.register(this::on);
    }

    private void on(ProviderEvent event) {
        if (event instanceof ClientUpdatedEvent updated) {
            ClientModel client = updated.getUpdatedClient();
            if (OptIn.isActive(client.getRealm())) {
                refuseRegistration(updated.getKeycloakSession(), client);
                start(updated.getKeycloakSession(), client, UUID.randomUUID());
            }
        } else if (event instanceof PostMigrationEvent started && ServerMode.isServing()) {
            startMissing(started.getFactory());
        }
    }

    private static void refuseRegistration(KeycloakSession session, ClientModel client) {
        if (LifecycleClient.hasSettings(client) && isRegistration(session)) {
            LOG.warnf(
                    "Client registration may not edit client '%s', which receives lifecycle events",
                    client.getClientId());
            throw new ForbiddenException("Lifecycle events are set by an administrator");
        }
    }

    private static boolean isRegistration(KeycloakSession session) {
        try {
            return session.getContext().getUri().getPath().contains(REGISTRATION);
        } catch (RuntimeException e) {
            LOG.debugf("Not in a request: %s", e.getMessage());
            return false;
        }
    }

    private static void start(KeycloakSession session, ClientModel client, UUID id) {
        String url = client.getAttribute(LifecycleClient.URL);
        if (!LifecycleClient.receivesEvents(client)) {
            if (client.getAttribute(LifecycleClient.SENT_TO) != null) {
                client.removeAttribute(LifecycleClient.SENT_TO);
            }
        } else if (!Objects.equals(url, client.getAttribute(LifecycleClient.SENT_TO))) {
            client.setAttribute(LifecycleClient.SENT_TO, url);
            session.getProvider(Outbox.class)
                    .enqueue(
                            PagesRow.all(client.getId()).entry(client.getRealm().getId(), id.toString()),
                            Optional.empty());
        }
    }

    private static void startMissing(KeycloakSessionFactory factory) {
        List<String> realms = KeycloakModelUtils.runJobInTransactionWithResult(
                factory,
                session -> session.realms()
                        .getRealmsStream()
                        .filter(OptIn::isActive)
                        .map(RealmModel::getId)
                        .toList());
        realms.forEach(realm -> startMissing(factory, realm));
    }

    private static void startMissing(KeycloakSessionFactory factory, String realmId) {
        try {
            KeycloakModelUtils.runJobInTransaction(factory, session -> {
                RealmModel realm = session.realms().getRealm(realmId);
                session.getContext().setRealm(realm);
                realm.getClientsStream()
                        .filter(LifecycleClient::receivesEvents)
                        .forEach(client -> start(session, client, idOfStart(client)));
            });
        } catch (RuntimeException e) {
            // Another node, which starts at the same time, has written the same entry.
            LOG.debugf(e, "The users of realm '%s' are sent by another node", realmId);
        }
    }

    private static UUID idOfStart(ClientModel client) {
        String name = client.getId() + " " + client.getAttribute(LifecycleClient.URL);
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}
