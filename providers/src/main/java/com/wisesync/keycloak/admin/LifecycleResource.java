package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.admin.Request.Page;
import com.wisesync.keycloak.admin.Types.Returns;
import com.wisesync.keycloak.lifecycle.LifecycleEvents;
import com.wisesync.keycloak.lifecycle.StoredEvent;
import com.wisesync.keycloak.outbox.StoredEntry.State;
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
import java.util.Optional;
import org.keycloak.models.ClientModel;

/** The lifecycle events to applications: list them, and send all users again. */
@Produces(MediaType.APPLICATION_JSON)
public final class LifecycleResource {

    private final Request request;
    private final LifecycleEvents events;

    LifecycleResource(Request request) {
        this.request = request;
        this.events = new LifecycleEvents(request.session());
    }

    /** Lists events, those with the latest attempt first. */
    @GET
    public LifecyclePageRep list(
            @QueryParam("client") String client,
            @QueryParam("status") String status,
            @QueryParam("first") @DefaultValue("0") String first,
            @QueryParam("max") @DefaultValue(Page.DEFAULT_MAX) String max) {
        request.caller().require(Call.LIST_LIFECYCLE_EVENTS);
        Page page = Page.of(first, max);
        List<State> states = status == null
                ? List.of()
                : List.of(State.find(status).orElseThrow(() -> Refusal.invalid("status", "wiseSyncFieldWrong")));
        Optional<ClientModel> only = Optional.ofNullable(client)
                .map(id -> Optional.ofNullable(request.realm().getClientByClientId(id))
                        .orElseThrow(() -> Refusal.invalid("client", "wiseSyncFieldWrong")));
        return new LifecyclePageRep(
                events.count(only, states),
                events.clients(),
                events.list(only, states, page.first(), page.max(), request.texts()::formatForStaff));
    }

    /** Sends every user to an application again. */
    @POST
    @Path("{client}/resend")
    @Returns(status = 204)
    public Response resend(@PathParam("client") String clientId) {
        request.caller().require(Call.RESEND_LIFECYCLE_EVENTS);
        ClientModel client = events.findClient(clientId).orElseThrow(Refusal::notFound);
        events.resend(client);
        request.audit().lifecycleResent(clientId);
        return Response.noContent().build();
    }

    /**
     * A page of lifecycle events.
     *
     * @param total at most 10,000; more are not counted
     * @param clients the client ids of all applications that receive lifecycle events
     */
    record LifecyclePageRep(long total, List<String> clients, List<StoredEvent> events) {}
}
