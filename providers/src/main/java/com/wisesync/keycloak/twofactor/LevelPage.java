package com.wisesync.keycloak.twofactor;

import jakarta.ws.rs.core.Response;
import org.keycloak.forms.login.LoginFormsProvider;

/** The page for an application that requires a level of authentication which does not exist in this realm. */
final class LevelPage {

    private LevelPage() {}

    static Response unreachable(LoginFormsProvider form) {
        return form.setError("wiseSyncLevelUnknown").createErrorPage(Response.Status.BAD_REQUEST);
    }
}
