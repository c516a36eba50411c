package com.wisesync.keycloak.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.wisesync.keycloak.outbox.NewEntry;
import com.wisesync.keycloak.outbox.Outbox;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserLoginFailureModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.mockito.ArgumentCaptor;

class OwnChangesTest {

    private final KeycloakSession session = mock(KeycloakSession.class, RETURNS_DEEP_STUBS);
    private final Outbox outbox = mock(Outbox.class);

    /** In upper case, a long s is an S like any other. */
    @Test
    void an_address_that_only_looks_like_the_old_one_is_reported_to_the_old_one() {
        UserModel user = mock(UserModel.class);
        when(user.getEmail()).thenReturn("\u017Fam@acme.example");
        when(user.getId()).thenReturn("u");
        when(session.users().getUserById(any(), any())).thenReturn(user);
        when(session.getContext().getRealm().getId()).thenReturn("r");
        when(session.getContext().getUri().getBaseUri()).thenReturn(URI.create("https://keycloak.example/"));
        doReturn(outbox).when(session).getProvider(Outbox.class);
        Event event = new Event();
        event.setType(EventType.UPDATE_EMAIL);
        event.setDetails(Map.of(Details.PREVIOUS_EMAIL, "sam@acme.example"));

        new OwnChanges(session).onEvent(event);

        ArgumentCaptor<NewEntry> mails = ArgumentCaptor.captor();
        verify(outbox, times(2)).enqueue(mails.capture());
        assertThat(mails.getAllValues()).extracting(NewEntry::payload).anyMatch(mail -> mail.contains("\"sam@acme"));
    }

    /** For example by Keycloak's own link to execute actions. */
    @Test
    void a_new_password_ends_a_lockout_whichever_way_it_was_set() {
        UserModel user = mock(UserModel.class);
        when(user.getId()).thenReturn("u");
        when(session.users().getUserById(any(), any())).thenReturn(user);
        UserLoginFailureModel failures = mock(UserLoginFailureModel.class);
        when(session.loginFailures().getUserLoginFailure(any(), eq("u"))).thenReturn(failures);
        Event event = new Event();
        event.setType(EventType.UPDATE_CREDENTIAL);
        event.setDetails(Map.of(Details.CREDENTIAL_TYPE, PasswordCredentialModel.TYPE));

        new OwnChanges(session).onEvent(event);

        verify(failures).clearFailures();
    }
}
