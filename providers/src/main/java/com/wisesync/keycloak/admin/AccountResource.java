package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.AccountChanges;
import com.wisesync.keycloak.account.AccountSettings;
import com.wisesync.keycloak.account.TwoFactorMode;
import com.wisesync.keycloak.admin.AccountReps.AccountInputRep;
import com.wisesync.keycloak.admin.AccountReps.AccountRep;
import com.wisesync.keycloak.admin.AccountReps.TwoFactorModeRep;
import com.wisesync.keycloak.admin.ImportReps.ImportRep;
import com.wisesync.keycloak.admin.Types.Body;
import com.wisesync.keycloak.admin.Types.Returns;
import com.wisesync.keycloak.user.UserServices;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
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

    /** The account, with its version as {@code ETag}. */
    @GET
    @Returns(AccountRep.class)
    public Response get() {
        return answer(request.caller().requireAccount(Call.READ_ACCOUNT, accountId));
    }

    /**
     * Replaces all settings of the account, and notifies its account-admins if the two-factor mode changes.
     *
     * @param ifMatch the versions one of which must be current; null accepts any
     */
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
            AccountRep after = AccountRep.of(updated, List.of());
            request.audit().account(OperationType.UPDATE, updated, before, after);
            if (!after.twoFactorMode().equals(before.twoFactorMode())) {
                new UserServices(request.session()).twoFactorMode().notifyAdmins(updated);
            }
            return answer(updated);
        });
    }

    /** Staff set any mode, account-admins only the stricter one. */
    @PUT
    @Path("two-factor-mode")
    @Consumes(MediaType.APPLICATION_JSON)
    @Returns(AccountRep.class)
    public Response setTwoFactorMode(@Body(TwoFactorModeRep.class) InputStream body) {
        Caller caller = request.caller();
        Account account = caller.requireAccount(Call.SET_TWO_FACTOR_MODE, accountId);
        TwoFactorMode mode = JsonBody.read(body, TwoFactorModeRep.class).checked();
        AccountRep before = AccountRep.of(account, List.of());
        return request.committed(() -> {
            Account updated =
                    new UserServices(request.session()).twoFactorMode().set(account, mode, caller);
            AccountRep after = AccountRep.of(updated, List.of());
            if (!after.equals(before)) {
                request.audit().account(OperationType.UPDATE, updated, before, after);
            }
            return answer(updated);
        });
    }

    private Response answer(Account account) {
        return Response.ok(new AccountReps(request).of(account))
                .tag(account.version())
                .build();
    }

    /** The companies of the account. */
    @Path("companies")
    public CompaniesResource companies() {
        return new CompaniesResource(request, accountId);
    }

    /** The activity log of the account. */
    @Path("activity")
    public AccountActivityResource activity() {
        return new AccountActivityResource(request, accountId);
    }

    /** An import that goes on after its request was answered. */
    @GET
    @Path("imports/{import}")
    public ImportRep readImport(@PathParam("import") String importId) {
        Account account = request.caller().requireAccount(Call.READ_IMPORT, accountId);
        return new Imports(request.session())
                .find(account, importId, request.texts())
                .orElseThrow(Refusal::notFound);
    }

    /** The SCIM connection of the account. */
    @Path("scim")
    public ScimResource scim() {
        return new ScimResource(request, accountId);
    }

    /** The users of the account. */
    @Path("users")
    public UsersResource users() {
        return new UsersResource(request, accountId);
    }
}
