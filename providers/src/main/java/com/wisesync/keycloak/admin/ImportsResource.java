package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.admin.ImportReps.ImportRep;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The imports of an account that go on after their request was answered. */
@Produces(MediaType.APPLICATION_JSON)
public final class ImportsResource {

    private final Request request;
    private final String accountId;

    ImportsResource(Request request, String accountId) {
        this.request = request;
        this.accountId = accountId;
    }

    @GET
    @Path("{import}")
    public ImportRep get(@PathParam("import") String importId) {
        Account account = request.caller().requireAccount(Call.READ_IMPORT, accountId);
        return new Imports(request.session())
                .find(account, importId, request.texts())
                .orElseThrow(Refusal::notFound);
    }
}
