package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.admin.Types.Returns;
import com.wisesync.keycloak.user.InvitationChanges;
import com.wisesync.keycloak.user.UserServices;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.core.Response;
import org.keycloak.events.admin.OperationType;

/** The invitation of a user, which can be sent again and revoked. */
public final class InvitationResource {

    private final Request request;
    private final String accountId;
    private final String userId;

    InvitationResource(Request request, String accountId, String userId) {
        this.request = request;
        this.accountId = accountId;
        this.userId = userId;
    }

    /** Sends the invitation again; earlier links stop working. Refused if the user is disabled or has a password. */
    @POST
    @Returns(status = 204)
    public Response send() {
        Account account = account(Call.SEND_INVITATION);
        changes().send(account, userId, request.caller());
        audit(OperationType.ACTION, account);
        return Response.noContent().build();
    }

    /** Revokes the invitation: its link stops working. Refused if the user has a password. */
    @DELETE
    @Returns(status = 204)
    public Response revoke() {
        Account account = account(Call.REVOKE_INVITATION);
        changes().revoke(account, userId, request.caller());
        audit(OperationType.DELETE, account);
        return Response.noContent().build();
    }

    private Account account(Call call) {
        return request.caller().requireUser(call, accountId, userId).account();
    }

    private InvitationChanges changes() {
        return new UserServices(request.session()).invitations();
    }

    private void audit(OperationType operation, Account account) {
        request.audit().user(operation, account, userId, "invitation", null, null);
    }
}
