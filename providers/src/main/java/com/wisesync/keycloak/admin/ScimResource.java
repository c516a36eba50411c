package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.ScimToken;
import com.wisesync.keycloak.admin.ScimReps.ScimInputRep;
import com.wisesync.keycloak.admin.ScimReps.ScimRep;
import com.wisesync.keycloak.admin.ScimReps.ScimTokenRep;
import com.wisesync.keycloak.admin.Types.Body;
import com.wisesync.keycloak.admin.Types.Returns;
import com.wisesync.keycloak.user.ScimTokens;
import com.wisesync.keycloak.user.UserServices;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import org.keycloak.events.admin.OperationType;

/** SCIM of one account: its tokens, and the companies of new users. */
@Produces(MediaType.APPLICATION_JSON)
public final class ScimResource {

    private final Request request;
    private final String accountId;

    ScimResource(Request request, String accountId) {
        this.request = request;
        this.accountId = accountId;
    }

    /** The tokens without their secrets, the companies of new users, and recent errors. */
    @GET
    public ScimRep get() {
        return ScimRep.of(request, request.caller().requireAccount(Call.READ_SCIM, accountId));
    }

    /** Replaces the companies of new users. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public ScimRep update(@Body(ScimInputRep.class) InputStream body) {
        Account account = request.caller().requireAccount(Call.UPDATE_SCIM, accountId);
        ScimInputRep input = JsonBody.read(body, ScimInputRep.class);
        ScimRep before = ScimRep.of(request, account);
        Account updated = scim().setDefaultCompanies(account, input.checked());
        ScimRep after = ScimRep.of(request, updated);
        if (!after.defaultCompanies().equals(before.defaultCompanies())) {
            request.audit()
                    .scim(
                            OperationType.UPDATE,
                            updated,
                            null,
                            Map.of("defaultCompanies", before.defaultCompanies()),
                            Map.of("defaultCompanies", after.defaultCompanies()));
        }
        return after;
    }

    /** The only answer that contains a secret. */
    @POST
    @Path("tokens")
    @Returns(status = 201, value = ScimTokenRep.class)
    public Response createToken() {
        Caller caller = request.caller();
        Account account = caller.requireAccount(Call.CREATE_SCIM_TOKEN, accountId);
        ScimTokens.Created created = scim().create(account, caller);
        ScimTokenRep rep = ScimTokenRep.of(scim(), account, created.token(), Optional.empty(), created.secret());
        request.audit().scim(OperationType.CREATE, account, created.token().id(), null, rep.withoutSecret());
        return Response.status(Response.Status.CREATED).entity(rep).build();
    }

    /** Revokes a token at once, on every node, and notifies the account-admins. */
    @DELETE
    @Path("tokens/{token}")
    @Returns(status = 204)
    public Response revokeToken(@PathParam("token") String tokenId) {
        Account account = request.caller().requireAccount(Call.REVOKE_SCIM_TOKEN, accountId);
        ScimToken revoked = scim().revoke(account, tokenId);
        request.audit()
                .scim(
                        OperationType.DELETE,
                        account,
                        revoked.id(),
                        ScimTokenRep.of(scim(), account, revoked, Optional.empty(), null),
                        null);
        return Response.noContent().build();
    }

    private ScimTokens scim() {
        return new UserServices(request.session()).scimTokens();
    }
}
