package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.Refusal.Reason;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.admin.ImportReps.ImportRep;
import com.wisesync.keycloak.admin.ImportReps.ImportReportRep;
import com.wisesync.keycloak.admin.RefusalMapper.ErrorRep;
import com.wisesync.keycloak.admin.Request.Page;
import com.wisesync.keycloak.admin.Types.Body;
import com.wisesync.keycloak.admin.Types.Returns;
import com.wisesync.keycloak.admin.UserReps.NewUserRep;
import com.wisesync.keycloak.admin.UserReps.UserPageRep;
import com.wisesync.keycloak.admin.UserReps.UserRep;
import com.wisesync.keycloak.role.Role;
import com.wisesync.keycloak.twofactor.Lockout;
import com.wisesync.keycloak.user.AccountUser;
import com.wisesync.keycloak.user.AccountUsers.UserPage;
import com.wisesync.keycloak.user.NewUser;
import com.wisesync.keycloak.user.UserImport;
import com.wisesync.keycloak.user.UserQuery;
import com.wisesync.keycloak.user.UserServices;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.keycloak.events.admin.OperationType;

/** The users of an account. */
@Produces(MediaType.APPLICATION_JSON)
public final class UsersResource {

    private static final int MAX_IDLE_DAYS = 3650;

    private final Request request;
    private final String accountId;

    UsersResource(Request request, String accountId) {
        this.request = request;
        this.accountId = accountId;
    }

    /** Lists the users who match all filters. A filter that is null matches every user. */
    @GET
    public UserPageRep list(
            @QueryParam("search") String search,
            @QueryParam("role") String role,
            @QueryParam("company") String company,
            @QueryParam("enabled") String enabled,
            @QueryParam("invited") String invited,
            @QueryParam("idleDays") String idleDays,
            @QueryParam("neverLoggedIn") String neverLoggedIn,
            @QueryParam("managedBy") String managedBy,
            @QueryParam("sort") @DefaultValue("name") String sort,
            @QueryParam("first") @DefaultValue("0") String first,
            @QueryParam("max") @DefaultValue(Page.DEFAULT_MAX) String max) {
        Account account = request.caller().requireAccount(Call.LIST_USERS, accountId);
        Page page = Page.of(first, max);
        Fields fields = new Fields();
        UserQuery query = new UserQuery(
                fields.search(search),
                fields.choice("role", role, Role.values(), Role::roleName),
                fields.optional("company", company),
                fields.yesOrNo("enabled", enabled),
                fields.yesOrNo("invited", invited),
                fields.number("idleDays", idleDays, 1, MAX_IDLE_DAYS),
                fields.yesOrNo("neverLoggedIn", neverLoggedIn),
                fields.choice("managedBy", managedBy, new String[] {UserReps.MANAGED_BY_SCIM}, id -> id)
                        .isPresent(),
                fields.choice("sort", sort, UserQuery.Sort::parse).orElse(UserQuery.Sort.BY_NAME),
                page.first(),
                page.max());
        fields.done();
        UserPage found = new UserServices(request.session()).users().page(account, query);
        Lockout lockout = new Lockout(request.session());
        return new UserPageRep(
                found.total(),
                found.users().stream()
                        .map(user -> UserRep.of(user, lockout.lockedUntil(user.id())))
                        .toList());
    }

    /** Creates a user. Without a password, the user is invited by email. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Returns(status = 201, value = UserRep.class)
    public Response create(@Body(NewUserRep.class) InputStream body) {
        Caller caller = request.caller();
        Account account = caller.requireAccount(Call.CREATE_USER, accountId);
        NewUser user = JsonBody.read(body, NewUserRep.class).user();
        AccountUser created = new UserServices(request.session()).creation().create(account, user, caller);
        UserRep rep = UserRep.of(created);
        request.audit().user(OperationType.CREATE, account, created.id(), null, null, rep);
        return Response.created(request.session()
                        .getContext()
                        .getUri()
                        .getAbsolutePathBuilder()
                        .path(created.id())
                        .build())
                .tag(created.version())
                .entity(rep)
                .build();
    }

    /**
     * Imports the users of a CSV file: all rows or none, with a report per row.
     *
     * @param dryRun {@code true} only checks the file
     * @param prefer {@code respond-async} answers 202 with the address of the import before it is finished
     */
    @POST
    @Path("import")
    @Consumes("text/csv")
    @Returns(ImportReportRep.class)
    public Response importUsers(
            @QueryParam("dryRun") @DefaultValue("false") String dryRun,
            @HeaderParam("Prefer") String prefer,
            @Body(String.class) InputStream body) {
        Caller caller = request.caller();
        Account account = caller.requireAccount(Call.IMPORT_USERS, accountId);
        Fields fields = new Fields();
        boolean onlyCheck = fields.yesOrNo("dryRun", dryRun).orElse(false);
        fields.done();
        List<CsvFile.Line> lines;
        try {
            lines = CsvFile.read(body, account.companies());
        } catch (Refusal refusal) {
            if (refusal.kind() != Refusal.Kind.INVALID) {
                throw refusal;
            }
            return Response.status(Response.Status.BAD_REQUEST)
                    .entity(ImportReportRep.unreadable(refusal.reasons().get(0), onlyCheck, request.texts()))
                    .build();
        }
        if (Request.prefersAsync(prefer)) {
            return startImport(account, ImportJob.Order.of(lines, onlyCheck, caller, request));
        }
        UserImport.Result result = new UserServices(request.session())
                .importing()
                .run(account, lines.stream().map(CsvFile.Line::row).toList(), onlyCheck, caller);
        request.audit().imported(account, result);
        ImportReportRep report = ImportReportRep.of(lines, result, onlyCheck, request.texts());
        return Response.status(onlyCheck || result.wrong() == 0 ? Response.Status.OK : Response.Status.BAD_REQUEST)
                .entity(report)
                .build();
    }

    /** Changes of many users at once. */
    @Path("bulk")
    public BulkResource bulk() {
        return new BulkResource(request, accountId);
    }

    /** One user. Whether they exist is checked by each call. */
    @Path("{user}")
    public UserResource user(@PathParam("user") String userId) {
        return new UserResource(request, accountId, userId);
    }

    /** While another import of the account is running, the answer has its address: the caller may have lost the 202. */
    private Response startImport(Account account, ImportJob.Order order) {
        Imports imports = new Imports(request.session());
        Optional<String> running = imports.findRunning(account);
        if (running.isPresent()) {
            Reason reason = Reason.of(null, "wiseSyncImportRunning");
            return Response.status(Response.Status.CONFLICT)
                    .location(importAddress(running.get()))
                    .entity(ErrorRep.of(reason, request.texts()))
                    .build();
        }
        return Response.accepted(new ImportRep("running", 0, order.lines().size(), null))
                .location(importAddress(imports.start(account, order)))
                .header("Preference-Applied", "respond-async")
                .build();
    }

    private URI importAddress(String id) {
        return request.session()
                .getContext()
                .getUri()
                .getAbsolutePathBuilder()
                .path("../../imports")
                .path(id)
                .build()
                .normalize();
    }
}
