package com.wisesync.keycloak.testing;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.ProtocolMapperRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;

/** Keycloak's SCIM API, which must be enabled and needs a client with the right audience. */
public final class ScimApi {

    private ScimApi() {}

    /** Calls it as a service that may manage the whole realm; enabled until {@link #close}. */
    public static Api open(Server server, RealmResource realm) {
        String base = server.realmUrl() + "/scim/v2";
        RealmRepresentation settings = realm.toRepresentation();
        settings.setScimApiEnabled(true);
        realm.update(settings);
        String name = "scim-" + UUID.randomUUID();
        ProtocolMapperRepresentation audience = new ProtocolMapperRepresentation();
        audience.setName("audience");
        audience.setProtocol("openid-connect");
        audience.setProtocolMapper("oidc-audience-mapper");
        audience.setConfig(Map.of("included.custom.audience", base, "access.token.claim", "true"));
        ClientRepresentation client = new ClientRepresentation();
        client.setClientId(name);
        client.setSecret(name);
        client.setServiceAccountsEnabled(true);
        client.setProtocolMappers(List.of(audience));
        realm.clients().create(client).close();
        String id = realm.clients().findByClientId(name).get(0).getId();
        new People(realm)
                .grant(realm.clients().get(id).getServiceAccountUser().getId(), "realm-management", "realm-admin");
        String token = Tokens.ofService(server, name, name).access();
        return new Api(base, () -> token);
    }

    public static void close(RealmResource realm) {
        RealmRepresentation settings = realm.toRepresentation();
        settings.setScimApiEnabled(false);
        realm.update(settings);
        realm.clients().findAll("scim-", false, true, null, null).stream()
                .filter(client -> client.getClientId().startsWith("scim-"))
                .forEach(client -> realm.clients().get(client.getId()).remove());
    }
}
