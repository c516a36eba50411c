package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.autotask.AutotaskAccount;
import com.wisesync.keycloak.autotask.AutotaskAccounts;
import com.wisesync.keycloak.autotask.AutotaskSecret;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Optional;
import org.keycloak.events.admin.OperationType;

/** The Autotask account stored for a user; there is none where the account runs another PSA. */
@Produces(MediaType.APPLICATION_JSON)
public final class AutotaskAccountResource {

    private static final String ACTION = "autotask-account";

    private final Request request;
    private final String accountId;
    private final String userId;

    AutotaskAccountResource(Request request, String accountId, String userId) {
        this.request = request;
        this.accountId = accountId;
        this.userId = userId;
    }

    @GET
    @Answers(AutotaskAccountRep.class)
    public Response get() {
        Target target = may(Call.READ_AUTOTASK_ACCOUNT);
        return Response.ok(AutotaskAccountRep.of(accounts().get(target.user()))).build();
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Answers(AutotaskAccountRep.class)
    public Response put(@Body(AutotaskAccountInputRep.class) InputStream body) {
        Target target = may(Call.PUT_AUTOTASK_ACCOUNT);
        AutotaskAccountInputRep input = Json.read(body, AutotaskAccountInputRep.class);
        Optional<AutotaskAccount> before = accounts().get(target.user());
        AutotaskAccountRep after =
                AutotaskAccountRep.of(accounts().put(target.user(), input.username(), input.password()));
        request.audit()
                .user(
                        before.isPresent() ? OperationType.UPDATE : OperationType.CREATE,
                        target.account(),
                        userId,
                        ACTION,
                        before.map(AutotaskAccountRep::of).orElse(null),
                        after);
        return Response.ok(after).build();
    }

    @DELETE
    @Answers(status = 204)
    public Response delete() {
        Target target = may(Call.DELETE_AUTOTASK_ACCOUNT);
        Optional<AutotaskAccount> before = accounts().get(target.user());
        if (accounts().delete(target.user())) {
            request.audit()
                    .user(
                            OperationType.DELETE,
                            target.account(),
                            userId,
                            ACTION,
                            before.map(AutotaskAccountRep::of).orElse(null),
                            null);
        }
        return Response.noContent().build();
    }

    /** Who read whose is an event; what they read is in no event. */
    @GET
    @Path("secret")
    @Answers(AutotaskSecretRep.class)
    public Response secret() {
        Target target = may(Call.READ_AUTOTASK_SECRET);
        AutotaskSecret secret = accounts()
                .secret(target.account(), target.user(), request.caller().user().getId());
        request.audit().user(OperationType.ACTION, target.account(), userId, ACTION + "/secret", null, null);
        CacheControl never = new CacheControl();
        never.setNoStore(true);
        never.setNoTransform(false);
        return Response.ok(AutotaskSecretRep.of(secret)).cacheControl(never).build();
    }

    private Target may(Call call) {
        Target target = request.caller().mayOn(call, accountId, userId);
        if (!AutotaskAccounts.offeredTo(target.account())) {
            throw Refusal.notFound();
        }
        return target;
    }

    private AutotaskAccounts accounts() {
        return new AutotaskAccounts(request.session());
    }
}
