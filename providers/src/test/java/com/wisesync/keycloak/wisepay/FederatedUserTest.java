package com.wisesync.keycloak.wisepay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.RETURNS_SELF;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.wisesync.keycloak.outbox.DeliveryResult.Outcome;
import com.wisesync.keycloak.outbox.OutboxEntry;
import com.wisesync.keycloak.wisepay.LinkOwners.OwnerState;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.component.ComponentModel;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;
import org.keycloak.models.jpa.entities.ComponentEntity;
import org.keycloak.models.jpa.entities.RealmEntity;
import org.keycloak.models.jpa.entities.UserEntity;
import org.keycloak.models.utils.ReadOnlyUserModelDelegate;
import org.keycloak.models.utils.StorageUnavailableUserModelDelegate;
import org.keycloak.storage.ReadOnlyException;

/** Users whose access is decided by a user storage provider: an outage of it deactivates no link. */
class FederatedUserTest {

    private static final String USER = "8d0c5a3e-5d0c-4c1e-9f0b-2f7f6f6f0a01";
    private static final String EXTERNAL = "f:ldap:uma";

    private final KeycloakSession session = mock(KeycloakSession.class);
    private final EntityManager em = mock(EntityManager.class);
    private final RealmModel realm = mock(RealmModel.class);
    private final UserProvider users = mock(UserProvider.class);
    private final UserModel user = mock(UserModel.class);
    private final ComponentModel provider = new ComponentModel();
    private final UserEntity imported = new UserEntity();

    @BeforeEach
    void hasAnImportedUser() {
        KeycloakContext context = mock(KeycloakContext.class);
        JpaConnectionProvider jpa = mock(JpaConnectionProvider.class);
        when(session.getContext()).thenReturn(context);
        when(context.getRealm()).thenReturn(realm);
        when(session.users()).thenReturn(users);
        doReturn(jpa).when(session).getProvider(JpaConnectionProvider.class);
        when(jpa.getEntityManager()).thenReturn(em);
        when(realm.getId()).thenReturn("realm");
        when(realm.getComponent("ldap")).thenReturn(provider);
        when(user.isEnabled()).thenReturn(true);
        when(users.getUserById(realm, USER)).thenReturn(user);
        when(users.getUserById(realm, EXTERNAL)).thenReturn(user);
        imported.setId(USER);
        imported.setRealmId("realm");
        imported.setEnabled(true);
        imported.setFederationLink("ldap");
        when(em.find(UserEntity.class, USER)).thenReturn(imported);
        doReturn(query()).when(em).createQuery(anyString(), eq(Object[].class));
        doReturn(query()).when(em).createQuery(anyString(), eq(String.class));
    }

    @Test
    void theProviderDecides() {
        assertThat(access(USER)).isEqualTo(OwnerState.PRESENT);
        assertThat(enabledAgain(USER)).isEqualTo(EnabledAgain.Answer.YES);

        when(users.getUserById(realm, USER)).thenReturn(new ReadOnlyUserModelDelegate(user, false));
        assertThat(access(USER)).isEqualTo(OwnerState.DISABLED);
        assertThat(enabledAgain(USER)).isEqualTo(EnabledAgain.Answer.NO);

        when(users.getUserById(realm, USER)).thenReturn(null);
        assertThat(access(USER)).isEqualTo(OwnerState.UNKNOWN);
        assertThat(enabledAgain(USER)).isEqualTo(EnabledAgain.Answer.NO);
    }

    /** Keycloak shows the user as disabled and throws nothing. */
    @Test
    void nothingIsDecidedWhileTheProviderDoesNotAnswer() {
        when(users.getUserById(realm, USER))
                .thenReturn(new StorageUnavailableUserModelDelegate(user, ReadOnlyException::new));

        assertUndecided(USER);
    }

    @Test
    void nothingIsDecidedAfterAnException() {
        when(users.getUserById(any(), any())).thenThrow(new IllegalStateException("LDAP"));

        assertUndecided(USER);
        assertUndecided(EXTERNAL);
    }

    @Test
    void nothingIsDecidedWhileTheProviderIsDisabled() {
        provider.put("enabled", false);
        when(users.getUserById(realm, USER)).thenReturn(new ReadOnlyUserModelDelegate(user, false));
        when(users.getUserById(realm, EXTERNAL)).thenReturn(null);

        assertUndecided(USER);
        assertUndecided(EXTERNAL);
    }

    /** Looking the user up would delete them. */
    @Test
    void nothingIsDecidedWhileTheProviderIsMissing() {
        when(realm.getComponent("ldap")).thenReturn(null);

        assertUndecided(USER);
        assertUndecided(EXTERNAL);
        verify(users, never()).getUserById(any(), any());
    }

    @Test
    void aDeactivationWaitsForTheProvider() throws Exception {
        when(users.getUserById(realm, USER))
                .thenReturn(new StorageUnavailableUserModelDelegate(user, ReadOnlyException::new));
        OutboxEntry entry = new OutboxEntry(
                "wise-pay",
                "realm",
                USER,
                "id",
                "user.disabled",
                deactivation(USER).json(),
                0,
                0,
                false,
                Instant.now());

        assertThat(new DeactivationHandler(session, null).prepare(entry).send().outcome())
                .isEqualTo(Outcome.BLOCKED);
    }

    @Test
    void aUserOfAnotherRealmsProviderIsReconciledThere() {
        RealmEntity other = new RealmEntity();
        ComponentEntity component = new ComponentEntity();
        component.setRealm(other);
        when(em.find(ComponentEntity.class, "ldap")).thenReturn(component);
        when(realm.getComponent("ldap")).thenReturn(null);

        other.setId("other");
        assertThat(access(EXTERNAL)).isEqualTo(OwnerState.ELSEWHERE);

        other.setId("realm");
        assertThat(access(EXTERNAL)).isEqualTo(OwnerState.PRESENT);
    }

    /** Keycloak fails on such an id. */
    @Test
    void anIdOfAnotherFormBelongsToNoUser() {
        assertThat(enabledAgain("f:broken")).isEqualTo(EnabledAgain.Answer.NO);
        assertThat(enabledAgain("f:")).isEqualTo(EnabledAgain.Answer.NO);
    }

    private void assertUndecided(String id) {
        assertThat(access(id)).isEqualTo(OwnerState.PRESENT);
        assertThat(enabledAgain(id)).isEqualTo(EnabledAgain.Answer.UNDECIDED);
    }

    private OwnerState access(String id) {
        TypedQuery<UserEntity> stored = query();
        when(stored.getResultStream()).thenReturn(id.equals(USER) ? Stream.of(imported) : Stream.empty());
        when(em.createQuery(anyString(), eq(UserEntity.class))).thenReturn(stored);
        return new LinkOwners(session).find(List.of(id)).get(id).access();
    }

    private EnabledAgain.Answer enabledAgain(String id) {
        return new EnabledAgain(session).test(deactivation(id));
    }

    private static Deactivation deactivation(String id) {
        return Deactivation.now(
                Deactivation.Type.DISABLED,
                DeactivationReason.ADMIN,
                null,
                new Deactivation.UserSnapshot(id, "uma", null));
    }

    @SuppressWarnings("unchecked")
    private static <T> TypedQuery<T> query() {
        TypedQuery<T> query = mock(TypedQuery.class, RETURNS_SELF);
        doReturn(List.of()).when(query).getResultList();
        doAnswer(call -> Stream.empty()).when(query).getResultStream();
        return query;
    }
}
