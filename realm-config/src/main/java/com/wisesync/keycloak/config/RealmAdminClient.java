package com.wisesync.keycloak.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/**
 * The calls of Keycloak's admin API that {@code apply} uses. Representations are plain JSON: the Admin Client has its own
 * release cycle, and its classes would drop the fields of a newer server.
 */
@Path("")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
interface RealmAdminClient {

    @GET
    ObjectNode realm();

    @PUT
    void updateRealm(JsonNode realm);

    @GET
    @Path("users/profile")
    ObjectNode userProfile();

    @PUT
    @Path("users/profile")
    void updateUserProfile(JsonNode profile);

    @GET
    @Path("client-scopes")
    ArrayNode clientScopes();

    @POST
    @Path("client-scopes")
    void createClientScope(JsonNode scope);

    @PUT
    @Path("client-scopes/{id}")
    void updateClientScope(@PathParam("id") String id, JsonNode scope);

    @POST
    @Path("client-scopes/{id}/protocol-mappers/models")
    void createMapper(@PathParam("id") String scope, JsonNode mapper);

    @PUT
    @Path("client-scopes/{id}/protocol-mappers/models/{mapper}")
    void updateMapper(@PathParam("id") String scope, @PathParam("mapper") String id, JsonNode mapper);

    @GET
    @Path("clients")
    ArrayNode clients(@QueryParam("clientId") String clientId);

    @POST
    @Path("clients")
    void createClient(JsonNode client);

    @PUT
    @Path("clients/{id}")
    void updateClient(@PathParam("id") String id, JsonNode client);

    @POST
    @Path("clients/{id}/protocol-mappers/models")
    void createClientMapper(@PathParam("id") String client, JsonNode mapper);

    @PUT
    @Path("clients/{id}/protocol-mappers/models/{mapper}")
    void updateClientMapper(@PathParam("id") String client, @PathParam("mapper") String id, JsonNode mapper);

    @POST
    @Path("clients/{id}/client-secret")
    void regenerateSecret(@PathParam("id") String client);

    @PUT
    @Path("clients/{id}/default-client-scopes/{scope}")
    void addDefaultScope(@PathParam("id") String client, @PathParam("scope") String scope);

    @PUT
    @Path("clients/{id}/optional-client-scopes/{scope}")
    void addOptionalScope(@PathParam("id") String client, @PathParam("scope") String scope);

    @GET
    @Path("clients/{id}/service-account-user")
    ObjectNode serviceAccount(@PathParam("id") String client);

    @GET
    @Path("roles")
    ArrayNode realmRoles();

    @POST
    @Path("roles")
    void createRealmRole(JsonNode role);

    @GET
    @Path("clients/{id}/roles")
    ArrayNode clientRoles(@PathParam("id") String client);

    @POST
    @Path("clients/{id}/roles")
    void createClientRole(@PathParam("id") String client, JsonNode role);

    @GET
    @Path("roles/{name}/composites")
    ArrayNode composites(@PathParam("name") String role);

    @POST
    @Path("roles/{name}/composites")
    void addComposites(@PathParam("name") String role, JsonNode roles);

    @DELETE
    @Path("roles/{name}/composites")
    void removeComposites(@PathParam("name") String role, JsonNode roles);

    @GET
    @Path("users/{user}/role-mappings/clients/{id}")
    ArrayNode clientRolesOf(@PathParam("user") String user, @PathParam("id") String client);

    @POST
    @Path("users/{user}/role-mappings/clients/{id}")
    void grant(@PathParam("user") String user, @PathParam("id") String client, JsonNode roles);

    @GET
    @Path("roles/{name}/users")
    ArrayNode usersWithRole(@PathParam("name") String role, @QueryParam("max") int max);

    @GET
    @Path("client-policies/profiles")
    ObjectNode clientProfiles();

    @PUT
    @Path("client-policies/profiles")
    void updateClientProfiles(JsonNode profiles);

    @GET
    @Path("client-policies/policies")
    ObjectNode clientPolicies();

    @PUT
    @Path("client-policies/policies")
    void updateClientPolicies(JsonNode policies);

    @GET
    @Path("authentication/required-actions")
    ArrayNode requiredActions();

    @POST
    @Path("authentication/register-required-action")
    void registerRequiredAction(JsonNode action);

    @PUT
    @Path("authentication/required-actions/{alias}")
    void updateRequiredAction(@PathParam("alias") String alias, JsonNode action);

    @GET
    @Path("authentication/flows")
    ArrayNode flows();

    @POST
    @Path("authentication/flows")
    void createFlow(JsonNode flow);

    @GET
    @Path("authentication/flows/{alias}/executions")
    ArrayNode executions(@PathParam("alias") String flow);

    @PUT
    @Path("authentication/flows/{alias}/executions")
    void updateExecution(@PathParam("alias") String flow, JsonNode execution);

    @POST
    @Path("authentication/flows/{alias}/executions/execution")
    void addExecution(@PathParam("alias") String flow, JsonNode execution);

    @POST
    @Path("authentication/flows/{alias}/executions/flow")
    void addSubFlow(@PathParam("alias") String flow, JsonNode subFlow);

    @POST
    @Path("authentication/executions")
    void createExecution(JsonNode execution);

    @DELETE
    @Path("authentication/executions/{id}")
    void removeExecution(@PathParam("id") String id);

    @GET
    @Path("authentication/config/{id}")
    ObjectNode executionConfig(@PathParam("id") String id);

    @PUT
    @Path("authentication/config/{id}")
    void updateExecutionConfig(@PathParam("id") String id, JsonNode config);

    @POST
    @Path("authentication/executions/{id}/config")
    void createExecutionConfig(@PathParam("id") String execution, JsonNode config);
}
