package com.wisesync.keycloak.sessions;

import com.wisesync.keycloak.outbox.Delivery;
import com.wisesync.keycloak.outbox.DeliveryResult;
import com.wisesync.keycloak.outbox.EntryHandler;
import com.wisesync.keycloak.outbox.OutboxEntry;
import java.net.URI;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/** Signs a logout token and sends it to its application, or ends a session at an identity provider. */
final class LogoutHandler implements EntryHandler {

    private final KeycloakSession session;
    private final LogoutSender sender;

    /** @param session with the realm in its context */
    LogoutHandler(KeycloakSession session, LogoutSender sender) {
        this.session = session;
        this.sender = sender;
    }

    @Override
    public Delivery prepare(OutboxEntry entry) {
        return entry.type().equals(ProviderLogout.TYPE) ? atProvider(entry) : atApplication(entry);
    }

    private Delivery atProvider(OutboxEntry entry) {
        return ProviderLogout.of(entry)
                .address(session)
                .<Delivery>map(address -> () -> sender.get(address))
                .orElse(DeliveryResult::delivered);
    }

    private Delivery atApplication(OutboxEntry entry) {
        ApplicationLogout logout = ApplicationLogout.of(entry);
        ClientModel client = session.getContext().getRealm().getClientById(logout.client());
        if (client == null || LogoutAddress.isMissing(client)) {
            // The client was deleted, or no longer wants logouts.
            return DeliveryResult::delivered;
        }
        Optional<URI> address = LogoutAddress.find(session, client, logout.host());
        if (address.isEmpty()) {
            String error = "Client " + client.getClientId() + " has no usable back-channel logout URL";
            return () -> DeliveryResult.deadLetter(error);
        }
        session.getContext().setClient(client);
        String token = session.tokens().encode(logout.token(client.getClientId()));
        return () -> sender.send(address.get(), token);
    }
}
