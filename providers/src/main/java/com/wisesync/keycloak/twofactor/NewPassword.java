package com.wisesync.keycloak.twofactor;

import com.wisesync.keycloak.Versioned;
import com.wisesync.keycloak.mail.LoginStart;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.authentication.requiredactions.UpdatePassword;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Keycloak's page for a new password, with which here only this login continues: all others are {@linkplain OutdatedLogin
 * outdated}. Replaces Keycloak's provider: same id and a higher order (ProviderManager, 26.7).
 */
public final class NewPassword extends UpdatePassword implements Versioned {

    /** Keycloak's factory returns an instance of its own class (UpdatePassword, 26.7). */
    @Override
    public RequiredActionProvider create(KeycloakSession session) {
        return this;
    }

    @Override
    public void processAction(RequiredActionContext context) {
        KeycloakSession session = context.getSession();
        AuthenticationSessionModel login = context.getAuthenticationSession();
        LoginStart start = new LoginStart(session, login);
        start.lock(context.getUser());
        // An administrator may have set a password since the request was checked: an older link must not replace it.
        Optional<Response> outdated =
                new OutdatedLogin(session, login).refuse(context.getUser(), context.getEvent(), context::form);
        if (outdated.isPresent()) {
            context.challenge(outdated.get());
            return;
        }
        CredentialPage.process(context, () -> super.processAction(context));
        if (context.getStatus() == RequiredActionContext.Status.SUCCESS) {
            // This login may continue with the new password; all others may not.
            start.record(context.getUser());
        }
    }

    @Override
    public int order() {
        return 1;
    }
}
