package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.admin.DeactivationReps.DeactivationPageRep;
import com.wisesync.keycloak.admin.DeactivationReps.DeactivationRep;
import com.wisesync.keycloak.outbox.WrittenEntry.State;
import com.wisesync.keycloak.wisepay.Deactivations;
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

/** What Wise-Pay was or will be told, over all accounts. */
@Produces(MediaType.APPLICATION_JSON)
public final class DeactivationsResource {

    private final Request request;

    DeactivationsResource(Request request) {
        this.request = request;
    }

    @GET
    public DeactivationPageRep list(
            @QueryParam("status") String status,
            @QueryParam("first") @DefaultValue("0") String first,
            @QueryParam("max") @DefaultValue(Page.DEFAULT_MAX) String max) {
        request.caller().require(Call.LIST_DEACTIVATIONS);
        Page page = Page.of(first, max);
        List<State> states = status == null
                ? List.of()
                : List.of(State.named(status).orElseThrow(() -> Refusal.invalid("status", "wiseSyncFieldWrong")));
        Deactivations deactivations = new Deactivations(request.session());
        return new DeactivationPageRep(
                deactivations.count(states),
                deactivations.all(states, page.first(), page.max()).stream()
                        .map(DeactivationRep::of)
                        .toList());
    }

    @POST
    @Path("{deactivation}/retry")
    @Returns(status = 204)
    public Response retry(@PathParam("deactivation") String id) {
        request.caller().require(Call.RETRY_DEACTIVATION);
        Deactivations deactivations = new Deactivations(request.session());
        return switch (deactivations.retry(id)) {
            case GOING_AGAIN -> {
                request.audit()
                        .deactivation(
                                deactivations.find(id).map(DeactivationRep::of).orElseThrow(Refusal::notFound));
                yield Response.noContent().build();
            }
            case NOT_FAILED -> throw Refusal.conflict(null, "wiseSyncDeactivationNotFailed");
            case UNKNOWN -> throw Refusal.notFound();
        };
    }
}
