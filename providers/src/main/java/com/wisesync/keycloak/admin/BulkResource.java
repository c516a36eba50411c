package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.admin.BulkReps.BulkInputRep;
import com.wisesync.keycloak.admin.BulkReps.BulkReportRep;
import com.wisesync.keycloak.admin.Types.Body;
import com.wisesync.keycloak.admin.Types.Returns;
import com.wisesync.keycloak.admin.UserReps.UserRep;
import com.wisesync.keycloak.user.BulkChanges;
import com.wisesync.keycloak.user.UserServices;
import com.wisesync.keycloak.wisepay.Link;
import com.wisesync.keycloak.wisepay.WisePayLinks;
import com.wisesync.keycloak.wisepay.WisePayUnreachableException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.keycloak.events.admin.OperationType;

/** Changes of many users at once. */
@Produces(MediaType.APPLICATION_JSON)
public final class BulkResource {

    private static final Logger LOG = Logger.getLogger(BulkResource.class);

    /** After this, a dry run stops asking Wise-Pay and reports an incomplete list. */
    private static final Duration MAX_ASKING = Duration.ofSeconds(20);

    private final Request request;
    private final String accountId;

    BulkResource(Request request, String accountId) {
        this.request = request;
        this.accountId = accountId;
    }

    /** Changes all of the users or none; with {@code dryRun} it only reports. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Returns(BulkReportRep.class)
    public Response run(
            @QueryParam("dryRun") @DefaultValue("false") String dryRun, @Body(BulkInputRep.class) InputStream body) {
        Caller caller = request.caller();
        Account account = caller.requireAccount(Call.CHANGE_USERS, accountId);
        Fields fields = new Fields();
        boolean onlyCheck = fields.yesOrNo("dryRun", dryRun).orElse(false);
        fields.done();
        BulkChanges.Order order = JsonBody.read(body, BulkInputRep.class).order();
        Texts texts = request.texts();
        BulkChanges.Result result = request.committed(() -> {
            BulkChanges.Result changed =
                    new UserServices(request.session()).bulk().run(account, order, onlyCheck, caller);
            audit(account, order, changed);
            return changed;
        });
        // The transaction has ended: Wise-Pay is asked without holding a database connection.
        Map<String, List<Link>> links = onlyCheck && order.action() == BulkChanges.Action.DISABLE
                ? activeLinks(BulkReportRep.asked(result))
                : null;
        return Response.status(onlyCheck || result.applied() ? Response.Status.OK : Response.Status.BAD_REQUEST)
                .entity(BulkReportRep.of(order, result, onlyCheck, links, texts))
                .build();
    }

    private void audit(Account account, BulkChanges.Order order, BulkChanges.Result result) {
        if (!result.applied()) {
            return;
        }
        AuditTrail audit = request.audit();
        boolean invites = order.action() == BulkChanges.Action.INVITE;
        result.rows().stream()
                .filter(BulkChanges.Row::changes)
                .forEach(row -> audit.user(
                        invites ? OperationType.ACTION : OperationType.UPDATE,
                        account,
                        row.id(),
                        invites ? "invitation" : null,
                        UserRep.of(row.before().orElseThrow()),
                        UserRep.of(row.after().orElseThrow())));
    }

    /** The active links of each user; users are left out if Wise-Pay did not answer about them. */
    private Map<String, List<Link>> activeLinks(List<String> userIds) {
        WisePayLinks links = new WisePayLinks(request.session());
        Map<String, List<Link>> found = new HashMap<>();
        long deadline = System.nanoTime() + MAX_ASKING.toNanos();
        for (String userId : userIds) {
            if (System.nanoTime() > deadline) {
                break;
            }
            try {
                found.put(
                        userId,
                        links.of(userId).stream()
                                .filter(link -> link.status().equals("active"))
                                .toList());
            } catch (WisePayUnreachableException e) {
                LOG.debugf("The links of user '%s' are unknown: %s", userId, e.getMessage());
                break;
            }
        }
        return found;
    }
}
