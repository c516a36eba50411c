package com.wisesync.keycloak.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.wisesync.keycloak.mail.Notice;
import com.wisesync.keycloak.outbox.NewEntry;
import com.wisesync.keycloak.outbox.Outbox;
import com.wisesync.keycloak.twofactor.SecondFactors;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.events.Details;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserLoginFailureModel;
import org.keycloak.models.UserModel;
import org.mockito.ArgumentCaptor;

class StockCredentialEditsTest {

    private final KeycloakSession session = mock(KeycloakSession.class, RETURNS_DEEP_STUBS);
    private final Outbox outbox = mock(Outbox.class);
    private final UserModel user = mock(UserModel.class);
    private final UserLoginFailureModel failures = mock(UserLoginFailureModel.class);

    @BeforeEach
    void aUserWithFailedLogins() {
        when(user.getId()).thenReturn("u");
        when(user.getEmail()).thenReturn("uma@acme.example");
        when(session.users().getUserById(any(), eq("u"))).thenReturn(user);
        when(session.loginFailures().getUserLoginFailure(any(), eq("u"))).thenReturn(failures);
        when(session.getContext().getRealm().getId()).thenReturn("r");
        when(session.getContext().getUri().getBaseUri()).thenReturn(URI.create("https://keycloak.example/"));
        doReturn(outbox).when(session).getProvider(Outbox.class);
    }

    static Set<String> types() {
        return SecondFactors.TYPES;
    }

    @ParameterizedTest
    @MethodSource("types")
    void a_removed_second_factor_of_any_type_is_notified(String type) {
        onEvent(
                "/admin/realms/r/users/u/credentials/c",
                "users/u/credentials/c",
                Map.of(Details.CREDENTIAL_TYPE, type));

        assertThat(sent()).contains(Notice.TWO_FACTOR_REMOVED.name());
        verify(failures, never()).clearFailures();
    }

    @Test
    void a_removed_password_is_no_removed_second_factor() {
        onEvent(
                "/admin/realms/r/users/u/credentials/c",
                "users/u/credentials/c",
                Map.of(Details.CREDENTIAL_TYPE, "password"));

        verify(outbox, never()).enqueue(any());
    }

    @Test
    void a_password_is_notified_and_ends_a_lockout() {
        onEvent("/admin/realms/accounts/users/u/reset-password", "users/u/reset-password", null);

        assertThat(sent()).contains(Notice.PASSWORD_CHANGED.name());
        verify(failures).clearFailures();
    }

    @Test
    void wrong_codes_keep_the_lockout() {
        when(failures.getNumSecondaryAuthFailures()).thenReturn(1);

        onEvent("/admin/realms/r/users/u/reset-password", "users/u/reset-password", null);

        assertThat(sent()).contains(Notice.PASSWORD_CHANGED.name());
        verify(failures, never()).clearFailures();
    }

    @Test
    void an_emailed_link_is_no_new_password() {
        onEvent("/admin/realms/r/wise-sync/accounts/a/users/u/reset-password", "users/u/reset-password", null);

        verify(outbox, never()).enqueue(any());
        verify(failures, never()).clearFailures();
    }

    private void onEvent(String path, String resource, Map<String, String> details) {
        when(session.getContext().getUri().getPath()).thenReturn(path);
        AdminEvent event = new AdminEvent();
        event.setOperationType(OperationType.ACTION);
        event.setResourcePath(resource);
        event.setDetails(details);

        new StockCredentialEdits(session).onEvent(event);
    }

    private String sent() {
        ArgumentCaptor<NewEntry> mail = ArgumentCaptor.captor();
        verify(outbox).enqueue(mail.capture());
        return mail.getValue().payload();
    }
}
