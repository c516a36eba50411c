package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.admin.Caller.Target;
import com.wisesync.keycloak.admin.Types.Returns;
import com.wisesync.keycloak.admin.UserReps.SessionRep;
import com.wisesync.keycloak.sessions.OpenSessions;
import com.wisesync.keycloak.user.UserServices;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.keycloak.events.admin.OperationType;

/** The sessions of a user. */
@Produces(MediaType.APPLICATION_JSON)
public final class SessionsResource {

    private final Request request;
    private final String accountId;
    private final String userId;

    SessionsResource(Request request, String accountId, String userId) {
        this.request = request;
        this.accountId = accountId;
        this.userId = userId;
    }

    /** The sessions that are valid now. */
    @GET
    public List<SessionRep> list() {
        Target target = request.caller().requireUser(Call.LIST_SESSIONS, accountId, userId);
        return new OpenSessions(request.session())
                .list(target.user()).stream().map(SessionRep::of).toList();
    }

    /** Ends all of them, the caller's own included if the user is the caller. */
    @DELETE
    @Returns(status = 204)
    public Response end() {
        Caller caller = request.caller();
        Target target = caller.requireUserOrSelf(Call.END_SESSIONS, accountId, userId);
        new UserServices(request.session()).sessions().end(target.account(), userId);
        request.audit().user(OperationType.ACTION, target.account(), userId, "sessions", null, null);
        return Response.noContent().build();
    }
}
