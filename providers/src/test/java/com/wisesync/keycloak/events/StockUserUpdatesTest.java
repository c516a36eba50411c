package com.wisesync.keycloak.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.RETURNS_SELF;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.wisesync.keycloak.mail.Emails;
import com.wisesync.keycloak.mail.Notice;
import com.wisesync.keycloak.outbox.NewEntry;
import com.wisesync.keycloak.outbox.Outbox;
import com.wisesync.keycloak.outbox.OutboxFactory;
import com.wisesync.keycloak.sessions.SessionDetection;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.net.URI;
import java.util.stream.Stream;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.spi.PostInsertEvent;
import org.hibernate.event.spi.PostUpdateEvent;
import org.hibernate.persister.entity.EntityPersister;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.AuthDetails;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.SubjectCredentialManager;
import org.keycloak.models.UserLoginFailureModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.models.jpa.entities.CredentialEntity;
import org.keycloak.models.jpa.entities.OutboxEntryEntity;
import org.keycloak.models.jpa.entities.UserEntity;
import org.mockito.ArgumentCaptor;

class StockUserUpdatesTest {

    private static final String BEFORE = "uma@acme.example";

    private final KeycloakSession session = mock(KeycloakSession.class, RETURNS_DEEP_STUBS);
    private final EntityManager em = mock(EntityManager.class);
    private final SharedSessionContractImplementor transaction =
            mock(SharedSessionContractImplementor.class, RETURNS_DEEP_STUBS);
    private final UserModel user = mock(UserModel.class);
    private final SubjectCredentialManager credentials = mock(SubjectCredentialManager.class);
    private final TypedQuery<OutboxEntryEntity> invitations = mock(RETURNS_SELF);
    private final EmailChanges emails = new EmailChanges();
    private final SessionDetection sessions = new SessionDetection(mock(OutboxFactory.class));
    private final NewSecondFactors secondFactors = new NewSecondFactors();
    private final UserLoginFailureModel failures = mock(UserLoginFailureModel.class);
    private final Outbox outbox = mock(Outbox.class);

    @BeforeEach
    void aUserWithAVerifiedEmail() {
        when(user.getId()).thenReturn("u");
        when(user.getEmail()).thenReturn(BEFORE);
        when(user.isEmailVerified()).thenReturn(true);
        when(session.users().getUserById(any(), eq("u"))).thenReturn(user);
        when(session.loginFailures().getUserLoginFailure(any(), eq("u"))).thenReturn(failures);
        when(session.getContext().getRealm().getId()).thenReturn("r");
        when(session.getContext().getRealm().getName()).thenReturn("wise-sync");
        when(session.getContext().getUri().getBaseUri()).thenReturn(URI.create("https://keycloak.example/"));
        doReturn(outbox).when(session).getProvider(Outbox.class);
        JpaConnectionProvider jpa = mock(JpaConnectionProvider.class);
        doReturn(jpa).when(session).getProvider(JpaConnectionProvider.class);
        when(jpa.getEntityManager()).thenReturn(em);
        when(user.credentialManager()).thenReturn(credentials);
        when(em.createQuery(anyString(), eq(OutboxEntryEntity.class))).thenReturn(invitations);
        doAnswer(query -> Stream.empty()).when(invitations).getResultStream();
        when(em.unwrap(SharedSessionContractImplementor.class)).thenReturn(transaction);
    }

    @ParameterizedTest
    @CsvSource({
        "/admin/realms/wise-sync/users/u, users/u",
        "/admin/realms/wise-sync/users/u/, users/u/",
        "/realms/wise-sync/scim/v2/Users/u, scim/v2/Users/u"
    })
    void a_changed_email_is_not_verified(String address, String path) {
        changeEmail("emma@acme.example");

        onEvent(OperationType.UPDATE, address, path);

        verify(user).setEmailVerified(false);
    }

    @ParameterizedTest
    @CsvSource({"/admin/realms/wise-sync/wise-sync/accounts/a/users/u", "/realms/wise-sync/wise-sync/scim/v2/a/Users/u"
    })
    void updates_by_the_apis_of_the_extension_are_ignored(String address) {
        changeEmail("emma@acme.example");

        onEvent(OperationType.UPDATE, address, "users/u");

        verify(user, never()).setEmailVerified(false);
    }

    @Test
    void another_change_keeps_a_verified_email() {
        changeEmail(BEFORE);

        update();

        verify(user, never()).setEmailVerified(false);
    }

    @Test
    void another_spelling_of_the_email_is_no_change() {
        changeEmail("Uma@Acme.Example");

        update();

        verify(user, never()).setEmailVerified(false);
    }

    @Test
    void an_email_that_the_request_changes_back_is_no_change() {
        changed(BEFORE, "emma@acme.example");
        changed("emma@acme.example", BEFORE);

        update();

        verify(user, never()).setEmailVerified(false);
    }

    @Test
    void a_first_email_is_not_verified() {
        changed(null, BEFORE);

        update();

        verify(user).setEmailVerified(false);
    }

    @Test
    void a_user_storage_provider_decides_about_verification() {
        when(user.isFederated()).thenReturn(true);
        changeEmail("emma@acme.example");

        update();

        verify(user, never()).setEmailVerified(false);
    }

    @Test
    void a_service_account_is_ignored() {
        when(user.getServiceAccountClientLink()).thenReturn("client");
        changeEmail("emma@acme.example");

        update();

        verify(user, never()).setEmailVerified(false);
    }

    @Test
    void a_new_user_keeps_the_flag_of_the_administrator() {
        changeEmail("emma@acme.example");

        onEvent(OperationType.CREATE, "/admin/realms/wise-sync/users/u", "users/u");

        verify(user, never()).setEmailVerified(false);
    }

    @Test
    void an_open_invitation_is_sent_to_a_changed_email() {
        when(user.isEnabled()).thenReturn(true);
        isInvited("invitation");
        changeEmail("emma@acme.example");

        update();

        ArgumentCaptor<NewEntry> sent = ArgumentCaptor.captor();
        verify(outbox).enqueue(sent.capture());
        assertThat(sent.getValue().type()).isEqualTo(Emails.INVITATION);
        assertThat(sent.getValue().payload()).contains("\"actorId\":\"admin\"");
    }

    @ParameterizedTest
    @CsvSource({
        "revocation, emma@acme.example, true, false",
        "invitation, uma@acme.example, true, false",
        "invitation, emma@acme.example, false, false",
        "invitation, emma@acme.example, true, true"
    })
    void no_invitation_is_sent_if_it_was_revoked_or_is_not_needed_or_not_possible(
            String newest, String email, boolean enabled, boolean hasPassword) {
        when(user.isEnabled()).thenReturn(enabled);
        when(credentials.isConfiguredFor(PasswordCredentialModel.TYPE)).thenReturn(hasPassword);
        isInvited(newest);
        changeEmail(email);

        update();

        verify(outbox, never()).enqueue(any());
    }

    @Test
    void a_new_password_is_notified_and_ends_a_lockout() {
        setPassword();

        update();

        ArgumentCaptor<NewEntry> notice = ArgumentCaptor.captor();
        verify(outbox).enqueue(notice.capture());
        assertThat(notice.getValue().payload()).contains(Notice.PASSWORD_CHANGED.name());
        verify(failures).clearFailures();
    }

    @ParameterizedTest
    @CsvSource({"otp, true", "recovery-authn-codes, true", "autotask, false"})
    void a_new_second_factor_is_notified(String type, boolean notified) {
        doAnswer(flush -> {
                    secondFactors.onPostInsert(
                            new PostInsertEvent(credential(type), "c", new Object[0], null, transaction));
                    return null;
                })
                .when(em)
                .flush();

        update();

        ArgumentCaptor<NewEntry> notice = ArgumentCaptor.captor();
        verify(outbox, times(notified ? 1 : 0)).enqueue(notice.capture());
        assertThat(notice.getAllValues())
                .allSatisfy(entry -> assertThat(entry.payload()).contains(Notice.TWO_FACTOR_ADDED.name()));
    }

    @Test
    void an_update_without_a_password_is_not_notified() {
        changeEmail("emma@acme.example");

        update();

        verify(outbox, never()).enqueue(any());
        verify(failures, never()).clearFailures();
    }

    @Test
    void a_password_set_by_the_admin_api_of_the_extension_is_not_notified_twice() {
        setPassword();

        onEvent(OperationType.UPDATE, "/admin/realms/wise-sync/wise-sync/accounts/a/users/u", "users/u");

        verify(outbox, never()).enqueue(any());
        verify(failures, never()).clearFailures();
    }

    private void isInvited(String newest) {
        OutboxEntryEntity row = new OutboxEntryEntity();
        row.setCorrelationId("row");
        row.setEntryType(newest);
        doAnswer(query -> Stream.of(row)).when(invitations).getResultStream();
    }

    private static CredentialEntity credential(String type) {
        UserEntity owner = new UserEntity();
        owner.setId("u");
        CredentialEntity credential = new CredentialEntity();
        credential.setType(type);
        credential.setUser(owner);
        return credential;
    }

    private void setPassword() {
        doAnswer(flush -> {
                    sessions.passwordChanged(transaction, "u");
                    return null;
                })
                .when(em)
                .flush();
    }

    /** Like Hibernate, calls the listener in the flush and not before. */
    private void changeEmail(String email) {
        when(user.getEmail()).thenReturn(email);
        doAnswer(flush -> {
                    changed(BEFORE, email);
                    return null;
                })
                .when(em)
                .flush();
    }

    private void changed(String before, String after) {
        UserEntity entity = new UserEntity();
        entity.setId("u");
        EntityPersister persister = mock(EntityPersister.class);
        when(persister.getPropertyNames()).thenReturn(new String[] {"username", "email"});
        emails.onPostUpdate(new PostUpdateEvent(
                entity, "u", new Object[] {"emma", after}, new Object[] {"uma", before}, null, persister, transaction));
    }

    private void update() {
        onEvent(OperationType.UPDATE, "/admin/realms/wise-sync/users/u", "users/u");
    }

    private void onEvent(OperationType operation, String address, String path) {
        when(session.getContext().getUri().getPath()).thenReturn(address);
        AdminEvent event = new AdminEvent();
        event.setOperationType(operation);
        event.setResourcePath(path);
        AuthDetails admin = new AuthDetails();
        admin.setUserId("admin");
        event.setAuthDetails(admin);

        new StockUserUpdates(session, emails, sessions, secondFactors).onEvent(event);
    }
}
