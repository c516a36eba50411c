package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.activity.Activity;
import com.wisesync.keycloak.activity.ActivityQuery;
import com.wisesync.keycloak.admin.AccountActivityResource.ActivityRep;
import com.wisesync.keycloak.admin.Caller.Target;
import com.wisesync.keycloak.admin.Request.Page;
import com.wisesync.keycloak.admin.Types.Body;
import com.wisesync.keycloak.admin.Types.Returns;
import com.wisesync.keycloak.admin.UserReps.DeviceRep;
import com.wisesync.keycloak.admin.UserReps.PasswordRep;
import com.wisesync.keycloak.admin.UserReps.UserDetailsRep;
import com.wisesync.keycloak.admin.UserReps.UserInputRep;
import com.wisesync.keycloak.admin.UserReps.UserRep;
import com.wisesync.keycloak.twofactor.Lockout;
import com.wisesync.keycloak.twofactor.SecondFactors;
import com.wisesync.keycloak.user.AccountUser;
import com.wisesync.keycloak.user.UserChange;
import com.wisesync.keycloak.user.UserServices;
import com.wisesync.keycloak.wisepay.Deactivations;
import com.wisesync.keycloak.wisepay.Link;
import com.wisesync.keycloak.wisepay.StoredDeactivation;
import com.wisesync.keycloak.wisepay.WisePayLinks;
import com.wisesync.keycloak.wisepay.WisePayUnreachableException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import org.jboss.logging.Logger;
import org.keycloak.events.admin.OperationType;

/** One user of an account. */
@Produces(MediaType.APPLICATION_JSON)
public final class UserResource {

    private static final Logger LOG = Logger.getLogger(UserResource.class);

    private final Request request;
    private final String accountId;
    private final String userId;

    UserResource(Request request, String accountId, String userId) {
        this.request = request;
        this.accountId = accountId;
        this.userId = userId;
    }

    /** The user, with their version as {@code ETag}. */
    @GET
    @Returns(UserRep.class)
    public Response get() {
        return answer(find());
    }

    /** Each part needs the right to make the call that answers it alone. */
    @GET
    @Path("details")
    @Returns(UserDetailsRep.class)
    public Response details() {
        AccountUser user = find();
        return Response.ok(new UserDetailsRep(rep(user), twoFactor(), sessions().list(), deactivations()))
                .tag(user.version())
                .build();
    }

    /**
     * Replaces name, email, username, companies and role. Users may replace their own first and last name only.
     *
     * @param ifMatch the versions one of which must be current; null accepts any
     */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Returns(UserRep.class)
    public Response update(
            @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch, @Body(UserInputRep.class) InputStream body) {
        Target target = require(Call.UPDATE_USER);
        Caller actor = actor();
        UserInputRep input = JsonBody.read(body, UserInputRep.class);
        boolean ownNamesOnly = !actor.isStaff() && !actor.isAccountAdmin();
        UserChange change = services()
                .editing()
                .edit(
                        target.account(),
                        userId,
                        Request.versions(ifMatch),
                        actor,
                        now -> ownNamesOnly ? input.ofThemselves(userId, now) : input.replacing(userId));
        audit(OperationType.UPDATE, target, null, change);
        return answer(change.after());
    }

    /** Sets a password, ends the sessions of the user and notifies them. For accounts with the PSA Autotask only. */
    @PUT
    @Path("password")
    @Consumes(MediaType.APPLICATION_JSON)
    @Returns(status = 204)
    public Response setPassword(@Body(PasswordRep.class) InputStream body) {
        Target target = require(Call.SET_PASSWORD);
        String password = JsonBody.read(body, PasswordRep.class).checked();
        services().credentials().setPassword(target.account(), userId, password, actor());
        audit(OperationType.ACTION, target, "password", null);
        return Response.noContent().build();
    }

    /** Emails the user a password link, or the invitation again if it was not accepted. Earlier links stop working. */
    @POST
    @Path("reset-password")
    @Returns(status = 204)
    public Response resetPassword() {
        Target target = require(Call.RESET_PASSWORD);
        services().credentials().resetPassword(target.account(), userId, actor());
        audit(OperationType.ACTION, target, "reset-password", null);
        return Response.noContent().build();
    }

    /** Disables the user. Sessions end and Wise-Pay is notified after the commit. */
    @POST
    @Path("disable")
    @Returns(status = 204)
    public Response disable() {
        Target target = require(Call.DISABLE_USER);
        return request.committed(() -> {
            services()
                    .status()
                    .disable(target.account(), userId, actor())
                    .ifPresent(change -> audit(
                            OperationType.UPDATE,
                            target,
                            AuditTrail.disableAction(change.before().enabled()),
                            change));
            return Response.noContent().build();
        });
    }

    /** Enables the user. Deactivated links stay inactive. */
    @POST
    @Path("enable")
    @Returns(status = 204)
    public Response enable() {
        Target target = require(Call.ENABLE_USER);
        services()
                .status()
                .enable(target.account(), userId, actor())
                .ifPresent(change -> audit(OperationType.UPDATE, target, null, change));
        return Response.noContent().build();
    }

    /** Ends a lockout after failed logins; does nothing if the user is not locked out. */
    @POST
    @Path("unlock")
    @Returns(status = 204)
    public Response unlock() {
        Target target = require(Call.UNLOCK_USER);
        if (new Lockout(request.session()).unlock(target.user())) {
            audit(OperationType.ACTION, target, "unlock", null);
        }
        return Response.noContent().build();
    }

    /**
     * The links of the user, asked from Wise-Pay now.
     *
     * @throws Refusal of the kind {@code UNREACHABLE} if Wise-Pay does not answer
     */
    @GET
    @Path("wise-pay-links")
    public List<Link> wisePayLinks() {
        require(Call.LIST_WISE_PAY_LINKS);
        try {
            return new WisePayLinks(request.session()).query(userId);
        } catch (WisePayUnreachableException e) {
            LOG.debugf("No links of user '%s': %s", userId, e.getMessage());
            throw e.isKeyUnusable() && request.caller().isStaff()
                    ? Refusal.of(Refusal.Kind.UNREACHABLE, "wiseSyncWisePayKeyUnusable", e.getMessage())
                    : Refusal.of(Refusal.Kind.UNREACHABLE, "wiseSyncWisePayUnreachable");
        }
    }

    /** The deactivations of the user, newest first. Only staff see the details of errors, and those of other accounts. */
    @GET
    @Path("deactivations")
    public List<StoredDeactivation> deactivations() {
        require(Call.LIST_DEACTIVATIONS_OF_USER);
        Texts texts = request.texts();
        return request.caller().isStaff()
                ? new Deactivations(request.session(), texts::formatForStaff).ofUser(userId)
                : new Deactivations(request.session(), texts::format).ofUser(userId, accountId);
    }

    /** The activity log of the user, newest first. */
    @GET
    @Path("activity")
    public List<ActivityRep> activity(
            @QueryParam("first") @DefaultValue("0") String first,
            @QueryParam("max") @DefaultValue(Page.DEFAULT_MAX) String max) {
        Target target = require(Call.LIST_ACTIVITY);
        Page page = Page.of(first, max);
        return new Activity(request.session(), target.account())
                .page(ActivityQuery.ofUser(userId, page.first(), page.max())).stream()
                        .map(ActivityRep::of)
                        .toList();
    }

    /** The second factors that the user has enrolled. */
    @GET
    @Path("two-factor")
    public List<DeviceRep> twoFactor() {
        Target target = require(Call.LIST_TWO_FACTOR);
        return new SecondFactors(target.user())
                .list().stream().map(DeviceRep::of).toList();
    }

    /** Removes all enrolled second factors, ends the sessions of the user and notifies them. */
    @DELETE
    @Path("two-factor")
    @Returns(status = 204)
    public Response deleteTwoFactor() {
        Target target = require(Call.DELETE_TWO_FACTOR);
        audit(
                OperationType.ACTION,
                target,
                "two-factor",
                services().credentials().removeTwoFactor(target.account(), userId, actor()));
        return Response.noContent().build();
    }

    /** The invitation of the user. */
    @Path("invitation")
    public InvitationResource invitation() {
        return new InvitationResource(request, accountId, userId);
    }

    /** The sessions of the user. */
    @Path("sessions")
    public SessionsResource sessions() {
        return new SessionsResource(request, accountId, userId);
    }

    /** The link between the user and the directory. */
    @Path("scim-link")
    public ScimLinkResource scimLink() {
        return new ScimLinkResource(request, accountId, userId);
    }

    /** The stored Autotask account of the user. */
    @Path("autotask-account")
    public AutotaskAccountResource autotaskAccount() {
        return new AutotaskAccountResource(request, accountId, userId);
    }

    private AccountUser find() {
        Target target = require(Call.READ_USER);
        return services().users().find(target.account(), userId).orElseThrow(Refusal::notFound);
    }

    private Target require(Call call) {
        return request.caller().requireUser(call, accountId, userId);
    }

    private Caller actor() {
        return request.caller();
    }

    private UserServices services() {
        return new UserServices(request.session());
    }

    private void audit(OperationType operation, Target target, String action, UserChange change) {
        request.audit()
                .user(
                        operation,
                        target.account(),
                        userId,
                        action,
                        change == null ? null : UserRep.of(change.before()),
                        change == null ? null : UserRep.of(change.after()));
    }

    private Response answer(AccountUser user) {
        return Response.ok(rep(user)).tag(user.version()).build();
    }

    private UserRep rep(AccountUser user) {
        return UserRep.of(user, new Lockout(request.session()).lockedUntil(user.id()));
    }
}
