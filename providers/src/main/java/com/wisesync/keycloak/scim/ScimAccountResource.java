package com.wisesync.keycloak.scim;

import com.unboundid.scim2.common.BaseScimResource;
import com.unboundid.scim2.common.messages.ListResponse;
import com.wisesync.keycloak.Refusal;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** SCIM of one account: what it supports, and its users. */
public final class ScimAccountResource {

    private final ScimCall call;

    ScimAccountResource(ScimCall call) {
        this.call = call;
    }

    /** What this server supports of SCIM (RFC 7643, section 5). */
    @GET
    @Path("ServiceProviderConfig")
    public Response serviceProviderConfig() {
        return one(new Discovery(call).serviceProviderConfig());
    }

    /** All resource types: users only. */
    @GET
    @Path("ResourceTypes")
    public Response resourceTypes() {
        return all(new Discovery(call).resourceTypes());
    }

    /** One resource type; 404 if there is none with this id. */
    @GET
    @Path("ResourceTypes/{id}")
    public Response resourceType(@PathParam("id") String id) {
        return call.answer(() -> find(new Discovery(call).resourceTypes(), id));
    }

    /** All schemas. */
    @GET
    @Path("Schemas")
    public Response schemas() {
        return all(new Discovery(call).schemas());
    }

    /** One schema; 404 if there is none with this id. */
    @GET
    @Path("Schemas/{id}")
    public Response schema(@PathParam("id") String id) {
        return call.answer(() -> find(new Discovery(call).schemas(), id));
    }

    /** The users that the directory manages. */
    @Path("Users")
    public ScimUsersResource users() {
        return new ScimUsersResource(call);
    }

    private Response one(BaseScimResource resource) {
        return call.answer(() -> call.answers().ok(200, resource).build());
    }

    private Response all(List<? extends BaseScimResource> resources) {
        return call.answer(
                () -> call.answers().ok(200, new ListResponse<>(resources)).build());
    }

    private Response find(List<? extends BaseScimResource> resources, String id) {
        return resources.stream()
                .filter(resource -> resource.getId().equals(id))
                .findFirst()
                .map(resource -> call.answers().ok(200, resource).build())
                .orElseThrow(Refusal::notFound);
    }
}
