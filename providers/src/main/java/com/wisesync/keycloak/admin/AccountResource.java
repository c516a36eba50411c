package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.AccountChanges;
import com.wisesync.keycloak.account.AccountSettings;
import com.wisesync.keycloak.admin.AccountReps.AccountInputRep;
import com.wisesync.keycloak.admin.AccountReps.AccountRep;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import org.keycloak.events.admin.OperationType;

/** One account. */
@Produces(MediaType.APPLICATION_JSON)
public final class AccountResource {

    private final Request request;
    private final String accountId;

    AccountResource(Request request, String accountId) {
        this.request = request;
        this.accountId = accountId;
    }

    @GET
    @Returns(AccountRep.class)
    public Response get() {
        return answer(request.caller().requireAccount(Call.READ_ACCOUNT, accountId));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Returns(AccountRep.class)
    public Response update(
            @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch, @Body(AccountInputRep.class) InputStream body) {
        Account account = request.caller().requireAccount(Call.UPDATE_ACCOUNT, accountId);
        AccountSettings settings = JsonBody.read(body, AccountInputRep.class).replacing(accountId);
        AccountRep before = AccountRep.of(account, List.of());
        return request.committed(() -> {
            Account updated =
                    new AccountChanges(request.session()).update(account, Request.versions(ifMatch), settings);
            request.audit().account(OperationType.UPDATE, updated, before, AccountRep.of(updated, List.of()));
            return answer(updated);
        });
    }

    private Response answer(Account account) {
        return Response.ok(new AccountReps(request).of(account))
                .tag(account.version())
                .build();
    }

    @Path("companies")
    public CompaniesResource companies() {
        return new CompaniesResource(request, accountId);
    }

    @Path("users")
    public UsersResource users() {
        return new UsersResource(request, accountId);
    }
}
