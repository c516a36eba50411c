package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.admin.ScimReps.ScimLinkRep;
import com.wisesync.keycloak.admin.Types.Body;
import com.wisesync.keycloak.admin.Types.Returns;
import com.wisesync.keycloak.user.UserServices;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Optional;
import org.keycloak.events.admin.OperationType;

/** Whether the directory of the account manages a user. */
@Produces(MediaType.APPLICATION_JSON)
public final class ScimLinkResource {

    private final Request request;
    private final String accountId;
    private final String userId;

    ScimLinkResource(Request request, String accountId, String userId) {
        this.request = request;
        this.accountId = accountId;
        this.userId = userId;
    }

    /** Lets the directory manage an existing user. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Returns(status = 204)
    public Response link(@Body(ScimLinkRep.class) InputStream body) {
        Account account = account(Call.LINK_SCIM_USER);
        Optional<String> externalId = JsonBody.read(body, ScimLinkRep.class).checked();
        new UserServices(request.session()).directory().link(account, userId, externalId);
        audit(OperationType.UPDATE, account, new ScimLinkRep(externalId.orElse(null)));
        return Response.noContent().build();
    }

    /** Unlinks the user: the directory no longer manages them. */
    @DELETE
    @Returns(status = 204)
    public Response unlink() {
        Account account = account(Call.UNLINK_SCIM_USER);
        new UserServices(request.session()).directory().unlink(account, userId);
        audit(OperationType.DELETE, account, null);
        return Response.noContent().build();
    }

    private Account account(Call call) {
        return request.caller().requireUser(call, accountId, userId).account();
    }

    private void audit(OperationType operation, Account account, ScimLinkRep after) {
        request.audit().user(operation, account, userId, "scim-link", null, after);
    }
}
