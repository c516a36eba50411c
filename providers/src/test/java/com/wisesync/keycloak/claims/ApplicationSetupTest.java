package com.wisesync.keycloak.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.wisesync.keycloak.SetupFinding;
import com.wisesync.keycloak.role.Applications;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.authorization.AuthorizationProvider;
import org.keycloak.authorization.model.ResourceServer;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;

class ApplicationSetupTest {

    private final KeycloakSession session = mock();
    private final RealmModel realm = mock();
    private final ClientModel application = mock();
    private final AuthorizationProvider authorization = mock(AuthorizationProvider.class, RETURNS_DEEP_STUBS);

    @BeforeEach
    void hasOneApplication() {
        RoleModel use = mock();
        ProtocolMapperModel mapper = new ProtocolMapperModel();
        mapper.setProtocolMapper(AccountMapper.ID);
        when(realm.getClientsStream()).thenAnswer(call -> Stream.of(application));
        when(application.isEnabled()).thenReturn(true);
        when(application.getClientId()).thenReturn("billing");
        when(application.getRole(Applications.USE)).thenReturn(use);
        when(application.getRedirectUris()).thenReturn(Set.of("https://billing.test/*"));
        when(application.getProtocolMappersStream()).thenAnswer(call -> Stream.of(mapper));
        when(authorization.getStoreFactory().getResourceServerStore().findByClient(application))
                .thenReturn(null);
    }

    @Test
    void findsNoProblem() {
        when(session.getProvider(AuthorizationProvider.class)).thenReturn(authorization);

        assertThat(findings()).extracting(SetupFinding::state).containsOnly(SetupFinding.State.OK);
    }

    @Test
    void findsNoProblemWithoutTheFeature() {
        assertThat(findings()).extracting(SetupFinding::state).containsOnly(SetupFinding.State.OK);
    }

    @Test
    void warnsOfAuthorizationServices() {
        ResourceServer server = mock();
        when(session.getProvider(AuthorizationProvider.class)).thenReturn(authorization);
        when(authorization.getStoreFactory().getResourceServerStore().findByClient(application))
                .thenReturn(server);

        assertThat(findings())
                .contains(SetupFinding.warning("application-authorization", "enabled", "billing"))
                .filteredOn(finding -> finding.state() != SetupFinding.State.OK)
                .hasSize(1);
    }

    private Stream<SetupFinding> findings() {
        return new ApplicationSetup().findings(session, realm);
    }
}
