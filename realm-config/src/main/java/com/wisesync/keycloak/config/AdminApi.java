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
 * What is used of Keycloak's admin API, through its Admin Client. In plain JSON: the client is released on its own, and
 * what a newer server says in a representation would be lost on the way through the client's classes.
 */
@Path("")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
interface AdminApi {

    @GET
    ObjectNode realm();

    @PUT
    void realm(JsonNode realm);

    @GET
    @Path("users/profile")
    ObjectNode userProfile();

    @PUT
    @Path("users/profile")
    void userProfile(JsonNode profile);

    @GET
    @Path("client-scopes")
    ArrayNode clientScopes();

    @POST
    @Path("client-scopes")
    void createClientScope(JsonNode scope);

    @PUT
    @Path("client-scopes/{id}")
    void clientScope(@PathParam("id") String id, JsonNode scope);

    @POST
    @Path("client-scopes/{id}/protocol-mappers/models")
    void createMapper(@PathParam("id") String scope, JsonNode mapper);

    @PUT
    @Path("client-scopes/{id}/protocol-mappers/models/{mapper}")
    void mapper(@PathParam("id") String scope, @PathParam("mapper") String id, JsonNode mapper);

    @GET
    @Path("clients")
    ArrayNode clients(@QueryParam("clientId") String clientId);

    @POST
    @Path("clients")
    void createClient(JsonNode client);

    @PUT
    @Path("clients/{id}")
    void client(@PathParam("id") String id, JsonNode client);

    @POST
    @Path("clients/{id}/protocol-mappers/models")
    void createClientMapper(@PathParam("id") String client, JsonNode mapper);

    @PUT
    @Path("clients/{id}/protocol-mappers/models/{mapper}")
    void clientMapper(@PathParam("id") String client, @PathParam("mapper") String id, JsonNode mapper);

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
    @Path("authentication/required-actions")
    ArrayNode requiredActions();

    @POST
    @Path("authentication/register-required-action")
    void registerRequiredAction(JsonNode action);

    @PUT
    @Path("authentication/required-actions/{alias}")
    void requiredAction(@PathParam("alias") String alias, JsonNode action);

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
    void execution(@PathParam("alias") String flow, JsonNode execution);

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
    void executionConfig(@PathParam("id") String id, JsonNode config);

    @POST
    @Path("authentication/executions/{id}/config")
    void createExecutionConfig(@PathParam("id") String execution, JsonNode config);
}
