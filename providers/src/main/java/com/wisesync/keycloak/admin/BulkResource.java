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

    /** How long a dry run asks Wise-Pay; without all answers by then it reports an incomplete list. */
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
                        action(order, row),
                        UserRep.of(row.before().orElseThrow()),
                        UserRep.of(row.after().orElseThrow())));
    }

    private static String action(BulkChanges.Order order, BulkChanges.Row row) {
        return switch (order.action()) {
            case INVITE -> "invitation";
            case DISABLE -> AuditTrail.disableAction(row.before().orElseThrow().enabled());
            case ASSIGN, UNASSIGN -> null;
        };
    }

    /** The active links of each user; users are left out if Wise-Pay did not answer about them. */
    private Map<String, List<Link>> activeLinks(List<String> userIds) {
        try {
            Map<String, List<Link>> active = new HashMap<>();
            new WisePayLinks(request.session())
                    .queryEach(userIds, MAX_ASKING)
                    .forEach((userId, links) -> active.put(
                            userId, links.stream().filter(Link::isActive).toList()));
            return active;
        } catch (WisePayUnreachableException e) {
            LOG.debugf("The links of %d users are unknown: %s", userIds.size(), e.getMessage());
            return Map.of();
        }
    }
}
