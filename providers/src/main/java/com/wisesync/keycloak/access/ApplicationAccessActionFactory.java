package com.wisesync.keycloak.access;

import com.wisesync.keycloak.OptIn;
import com.wisesync.keycloak.Versioned;
import org.keycloak.Config;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Creates {@link ApplicationAccessAction}s in realms that opted in; in other realms the action never stops a login. */
public final class ApplicationAccessActionFactory implements RequiredActionFactory, Versioned {

    public static final String ID = "wise-sync-entry";

    private static final RequiredActionProvider NEVER = new Never();

    @Override
    public RequiredActionProvider create(KeycloakSession session) {
        return OptIn.isActive(session.getContext().getRealm())
                ? new ApplicationAccessAction(new ApplicationAccess(session))
                : NEVER;
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getDisplayText() {
        return "Wise-Sync: may enter the application";
    }

    @Override
    public void init(Config.Scope config) {
        // No options.
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // Nothing to wire.
    }

    @Override
    public void close() {
        // Nothing to close.
    }

    private static final class Never implements RequiredActionProvider {

        @Override
        public void evaluateTriggers(RequiredActionContext context) {
            // Never required.
        }

        @Override
        public void requiredActionChallenge(RequiredActionContext context) {
            context.success();
        }

        @Override
        public void processAction(RequiredActionContext context) {
            context.success();
        }

        @Override
        public void close() {
            // Nothing to close.
        }
    }
}
