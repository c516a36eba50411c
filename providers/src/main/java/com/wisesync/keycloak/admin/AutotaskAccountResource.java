package com.wisesync.keycloak.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.admin.Caller.Target;
import com.wisesync.keycloak.admin.Types.Body;
import com.wisesync.keycloak.admin.Types.Returns;
import com.wisesync.keycloak.autotask.AutotaskAccount;
import com.wisesync.keycloak.autotask.AutotaskAccounts;
import com.wisesync.keycloak.autotask.AutotaskSecret;
import com.wisesync.keycloak.mail.Notice;
import com.wisesync.keycloak.user.UserCredentials;
import com.wisesync.keycloak.user.UserServices;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Optional;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.UserModel;

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

    /** The username, and whether a password is stored; never the password itself. */
    @GET
    @Returns(AutotaskAccountRep.class)
    public Response get() {
        Target target = require(Call.READ_AUTOTASK_ACCOUNT);
        return Response.ok(AutotaskAccountRep.of(accounts().get(target.user()))).build();
    }

    /** Stores username and password, and notifies the user of a change. Without a password, the stored one stays. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Returns(AutotaskAccountRep.class)
    public Response put(@Body(AutotaskAccountInputRep.class) InputStream body) {
        Target target = require(Call.PUT_AUTOTASK_ACCOUNT);
        AutotaskAccountInputRep input = JsonBody.read(body, AutotaskAccountInputRep.class);
        UserModel user = credentials().lock(target.account(), userId);
        Optional<AutotaskAccount> before = accounts().get(user);
        AutotaskAccount after = accounts().put(user, input.username(), input.password());
        if (input.password() != null || before.filter(after::equals).isEmpty()) {
            credentials().notifyUser(user, Notice.AUTOTASK_CHANGED, actor());
        }
        audit(before.isPresent() ? OperationType.UPDATE : OperationType.CREATE, target, before, Optional.of(after));
        return Response.ok(AutotaskAccountRep.of(after)).build();
    }

    /** Removes the stored account and notifies the user; does nothing if none is stored. */
    @DELETE
    @Returns(status = 204)
    public Response delete() {
        Target target = require(Call.DELETE_AUTOTASK_ACCOUNT);
        UserModel user = credentials().lock(target.account(), userId);
        Optional<AutotaskAccount> before = accounts().get(user);
        if (accounts().delete(user)) {
            credentials().notifyUser(user, Notice.AUTOTASK_REMOVED, actor());
            audit(OperationType.DELETE, target, before, Optional.empty());
        }
        return Response.noContent().build();
    }

    /** Records an admin event with the caller and the user, without the account's data. */
    @GET
    @Path("secret")
    @Returns(AutotaskSecretRep.class)
    public Response secret() {
        Target target = require(Call.READ_AUTOTASK_SECRET);
        AutotaskSecret secret = accounts()
                .secret(target.account(), target.user(), request.caller().user().getId());
        request.audit().user(OperationType.ACTION, target.account(), userId, ACTION + "/secret", null, null);
        return Response.ok(AutotaskSecretRep.of(secret)).build();
    }

    private Target require(Call call) {
        Target target = request.caller().requireUser(call, accountId, userId);
        if (!AutotaskAccounts.offeredTo(target.account())) {
            throw Refusal.notFound();
        }
        return target;
    }

    private void audit(
            OperationType operation, Target target, Optional<AutotaskAccount> before, Optional<AutotaskAccount> after) {
        request.audit()
                .user(
                        operation,
                        target.account(),
                        userId,
                        ACTION,
                        before.map(AutotaskAccountRep::of).orElse(null),
                        after.map(AutotaskAccountRep::of).orElse(null));
    }

    private UserCredentials credentials() {
        return new UserServices(request.session()).credentials();
    }

    private Caller actor() {
        return request.caller();
    }

    private AutotaskAccounts accounts() {
        return new AutotaskAccounts(request.session());
    }

    /** Never the password, not even masked. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AutotaskAccountRep(String username, boolean passwordSet, String updatedAt) {

        static AutotaskAccountRep of(Optional<AutotaskAccount> account) {
            return account.map(AutotaskAccountRep::of).orElse(new AutotaskAccountRep(null, false, null));
        }

        static AutotaskAccountRep of(AutotaskAccount account) {
            return new AutotaskAccountRep(
                    account.username(),
                    account.passwordSet(),
                    account.updatedAt() == null ? null : account.updatedAt().toString());
        }
    }

    record AutotaskAccountInputRep(String username, String password) {

        /** Without the password: records print what they hold. */
        @Override
        public String toString() {
            return "AutotaskAccountInputRep[]";
        }
    }

    record AutotaskSecretRep(String username, String password) {

        static AutotaskSecretRep of(AutotaskSecret secret) {
            return new AutotaskSecretRep(secret.username(), secret.password());
        }

        @Override
        public String toString() {
            return "AutotaskSecretRep[]";
        }
    }
}
