package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.admin.Request.Page;
import com.wisesync.keycloak.admin.Types.Returns;
import com.wisesync.keycloak.outbox.DeliveryError;
import com.wisesync.keycloak.outbox.StoredEntry.State;
import com.wisesync.keycloak.outbox.Transitions.Transition;
import com.wisesync.keycloak.wisepay.Deactivations;
import com.wisesync.keycloak.wisepay.StoredDeactivation;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.BiFunction;

/** The deactivations of all accounts: list them, and decide about those that are held or failed. */
@Produces(MediaType.APPLICATION_JSON)
public final class DeactivationsResource {

    private final Request request;

    DeactivationsResource(Request request) {
        this.request = request;
    }

    /** Lists deactivations, those with the latest attempt first. */
    @GET
    public DeactivationPageRep list(
            @QueryParam("status") String status,
            @QueryParam("first") @DefaultValue("0") String first,
            @QueryParam("max") @DefaultValue(Page.DEFAULT_MAX) String max) {
        request.caller().require(Call.LIST_DEACTIVATIONS);
        Page page = Page.of(first, max);
        List<State> states = status == null
                ? List.of()
                : List.of(State.find(status).orElseThrow(() -> Refusal.invalid("status", "wiseSyncFieldWrong")));
        Deactivations deactivations = new Deactivations(request.session(), request.texts()::formatForStaff);
        return new DeactivationPageRep(
                deactivations.count(states), deactivations.list(states, page.first(), page.max()));
    }

    /** Sends all failed deactivations again. */
    @POST
    @Path("retry")
    public RetriedRep retryAll() {
        request.caller().require(Call.RETRY_DEACTIVATIONS);
        int retried = deactivations().retryAll();
        request.audit().deactivationsRetried(retried);
        return new RetriedRep(retried);
    }

    /** Sends a failed deactivation again. */
    @POST
    @Path("{deactivation}/retry")
    @Returns(status = 204)
    public Response retry(@PathParam("deactivation") String id) {
        request.caller().require(Call.RETRY_DEACTIVATION);
        requireStillDisabled(id);
        return change(id, Deactivations::retry, "wiseSyncDeactivationNotFailed");
    }

    /** Sends a held deactivation. */
    @POST
    @Path("{deactivation}/release")
    @Returns(status = 204)
    public Response release(@PathParam("deactivation") String id) {
        request.caller().require(Call.RELEASE_DEACTIVATION);
        requireStillDisabled(id);
        return change(id, Deactivations::release, "wiseSyncDeactivationNotHeld");
    }

    /** Drops a held or failed deactivation for good. */
    @POST
    @Path("{deactivation}/dismiss")
    @Returns(status = 204)
    public Response dismiss(@PathParam("deactivation") String id) {
        request.caller().require(Call.DISMISS_DEACTIVATION);
        return change(id, Deactivations::dismiss, "wiseSyncDeactivationNotOpen");
    }

    /** Sending it would deactivate links that the user has configured since. */
    private void requireStillDisabled(String id) {
        if (deactivations().isEnabledAgain(id)) {
            throw Refusal.conflict(null, "wiseSyncDeactivationEnabledAgain");
        }
    }

    private Response change(String id, BiFunction<Deactivations, String, Transition> change, String keyOfWrongState) {
        Deactivations deactivations = deactivations();
        String before = deactivations.find(id).orElseThrow(Refusal::notFound).state();
        return switch (change.apply(deactivations, id)) {
            case DONE -> {
                request.audit().deactivation(before, deactivations.find(id).orElseThrow(Refusal::notFound));
                yield Response.noContent().build();
            }
            case WRONG_STATE -> throw Refusal.conflict(null, keyOfWrongState);
            case NOT_FOUND -> throw Refusal.notFound();
        };
    }

    /** With keys instead of texts, for the admin events. */
    private Deactivations deactivations() {
        return new Deactivations(request.session(), DeliveryError::key);
    }

    /**
     * A page of deactivations.
     *
     * @param total at most 10,000; more are not counted
     */
    record DeactivationPageRep(long total, List<StoredDeactivation> deactivations) {}

    /** How many failed deactivations are sent again. */
    record RetriedRep(int retried) {}
}
