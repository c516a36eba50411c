package com.wisesync.keycloak.scim;

import com.wisesync.keycloak.user.ScimUse;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.Instant;
import java.util.OptionalLong;
import org.keycloak.models.KeycloakSession;

/** The root of SCIM. Authenticates before anything else, also for paths that do not exist. */
public final class ScimRoot {

    private final KeycloakSession session;
    private final RequestLimit limit;

    ScimRoot(KeycloakSession session, RequestLimit limit) {
        this.session = session;
        this.limit = limit;
    }

    /**
     * SCIM of one account.
     *
     * @throws ScimErrorException 401 without a valid token of this account, 429 after too many requests
     */
    @Path("scim/v2/{account}")
    public ScimAccountResource account(@PathParam("account") String accountId) {
        Directory directory = Directory.require(session, accountId);
        OptionalLong wait = limit.count(accountId, Instant.now());
        if (wait.isPresent()) {
            throw new ScimErrorException(ScimError.tooMany(wait.getAsLong()));
        }
        new ScimUse(session).record(accountId, directory.token().id());
        return new ScimAccountResource(new ScimCall(session, directory));
    }
}
