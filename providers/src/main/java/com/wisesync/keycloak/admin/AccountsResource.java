package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.SearchWords;
import com.wisesync.keycloak.access.Access;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.AccountChanges;
import com.wisesync.keycloak.account.AccountSettings;
import com.wisesync.keycloak.account.Accounts;
import com.wisesync.keycloak.admin.AccountReps.AccountInputRep;
import com.wisesync.keycloak.admin.AccountReps.AccountPageRep;
import com.wisesync.keycloak.admin.AccountReps.AccountRep;
import com.wisesync.keycloak.admin.Request.Page;
import com.wisesync.keycloak.admin.Types.Body;
import com.wisesync.keycloak.admin.Types.Returns;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.keycloak.events.admin.OperationType;

/** All accounts. */
@Produces(MediaType.APPLICATION_JSON)
public final class AccountsResource {

    private final Request request;

    AccountsResource(Request request) {
        this.request = request;
    }

    /**
     * Lists accounts by name: all for staff, otherwise the caller's own.
     *
     * @param search part of the name; null for all accounts
     */
    @GET
    public AccountPageRep list(
            @QueryParam("search") String search,
            @QueryParam("first") @DefaultValue("0") String first,
            @QueryParam("max") @DefaultValue(Page.DEFAULT_MAX) String max) {
        Caller caller = request.caller().require(Call.LIST_ACCOUNTS);
        Page page = Page.of(first, max);
        Fields fields = new Fields();
        Optional<String> text = fields.search(search);
        fields.done();
        AccountReps reps = new AccountReps(request);
        if (caller.isStaff()) {
            Accounts accounts = new Accounts(request.session());
            return new AccountPageRep(accounts.count(text), reps.of(accounts.page(text, page.first(), page.max())));
        }
        List<Account> own = caller.token().access().map(Access::account).stream()
                .filter(account -> SearchWords.of(text.orElse("")).match(account.name()))
                .toList();
        return new AccountPageRep(
                own.size(), reps.of(own.stream().skip(page.first()).toList()));
    }

    /** Creates an account, without companies and users. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Returns(status = 201, value = AccountRep.class)
    public Response create(@Body(AccountInputRep.class) InputStream body) {
        request.caller().require(Call.CREATE_ACCOUNT);
        AccountSettings settings = JsonBody.read(body, AccountInputRep.class).created();
        Account account = new AccountChanges(request.session()).create(settings);
        AccountRep rep = new AccountReps(request).of(account);
        request.audit().account(OperationType.CREATE, account, null, rep);
        return Response.created(request.session()
                        .getContext()
                        .getUri()
                        .getAbsolutePathBuilder()
                        .path(account.id())
                        .build())
                .entity(rep)
                .build();
    }

    /** One account. Whether it exists is checked by each call. */
    @Path("{account}")
    public AccountResource account(@PathParam("account") String accountId) {
        return new AccountResource(request, accountId);
    }
}
