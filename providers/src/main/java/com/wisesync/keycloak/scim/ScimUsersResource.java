package com.wisesync.keycloak.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.user.DirectoryEdit;
import com.wisesync.keycloak.user.DirectoryUser;
import com.wisesync.keycloak.user.DirectoryUsers;
import com.wisesync.keycloak.user.UserServices;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.events.admin.OperationType;

/** The users that the directory manages. */
public final class ScimUsersResource {

    private static final int MAX_ID = 128;

    private final ScimCall call;
    private final DirectoryUsers users;
    private final UserJson json;

    ScimUsersResource(ScimCall call) {
        this.call = call;
        this.users = new UserServices(call.session()).directory();
        this.json = new UserJson(call);
    }

    /**
     * Lists users by id.
     *
     * @param filter null for all users
     * @param startIndex the first user, from 1; null for 1
     * @param count the maximum number of users; null for the default
     */
    @GET
    public Response list(
            @QueryParam("filter") String filter,
            @QueryParam("startIndex") String startIndex,
            @QueryParam("count") String count,
            @QueryParam("attributes") String attributes,
            @QueryParam("excludedAttributes") String excludedAttributes) {
        return call.answer(() -> call.answers()
                .ok(
                        200,
                        new UserList(users, json)
                                .list(
                                        account(),
                                        filter,
                                        startIndex,
                                        count,
                                        Projection.of(attributes, excludedAttributes)))
                .build());
    }

    /** Creates a user, or restores the one that was deleted with the same username. */
    @POST
    @Consumes({ScimAnswers.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    public Response create(
            @QueryParam("attributes") String attributes,
            @QueryParam("excludedAttributes") String excludedAttributes,
            InputStream body) {
        return call.answer(() -> {
            UserDraft draft = new UserDraft();
            new UserPatch(draft, false).setAll(ScimJson.read(body));
            DirectoryEdit wanted = draft.edit();
            call.creates(wanted);
            List<String> defaults = call.directory().settings().defaultsIn(account());
            DirectoryUsers.DirectoryChange change = users.create(account(), wanted, defaults, call.directory());
            new ScimAudit(call).user(change.before().isEmpty() ? OperationType.CREATE : OperationType.UPDATE, change);
            DirectoryUser created = change.after();
            return call.answers()
                    .ok(201, Projection.of(attributes, excludedAttributes).apply(json.of(created)))
                    .header(
                            HttpHeaders.LOCATION,
                            call.location("Users/" + created.user().id()))
                    .header(HttpHeaders.ETAG, UserJson.etag(created))
                    .build();
        });
    }

    /** The user; 304 without a body if the version is among those of {@code If-None-Match}. */
    @GET
    @Path("{id}")
    public Response get(
            @PathParam("id") String id,
            @QueryParam("attributes") String attributes,
            @QueryParam("excludedAttributes") String excludedAttributes,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) String ifNoneMatch) {
        return call.answer(() -> {
            DirectoryUser user = users.require(account(), searchable(id));
            boolean known = ifNoneMatch != null
                    && versions(ifNoneMatch)
                            .map(any -> any.contains(user.version()))
                            .orElse(true);
            return call.answers()
                    .ok(
                            known ? 304 : 200,
                            known
                                    ? null
                                    : Projection.of(attributes, excludedAttributes)
                                            .apply(json.of(user)))
                    .header(HttpHeaders.ETAG, UserJson.etag(user))
                    .build();
        });
    }

    /** A missing attribute stays as it is. */
    @PUT
    @Path("{id}")
    @Consumes({ScimAnswers.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    public Response replace(
            @PathParam("id") String id,
            @QueryParam("attributes") String attributes,
            @QueryParam("excludedAttributes") String excludedAttributes,
            @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
            InputStream body) {
        return call.answer(() -> {
            ObjectNode wanted = ScimJson.read(body);
            return changed(
                    id, ifMatch, draft -> patch(draft).setAll(wanted), Projection.of(attributes, excludedAttributes));
        });
    }

    /** Applies the operations of a {@code PatchOp} message (RFC 7644, section 3.5.2), all or none. */
    @PATCH
    @Path("{id}")
    @Consumes({ScimAnswers.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    public Response patch(
            @PathParam("id") String id,
            @QueryParam("attributes") String attributes,
            @QueryParam("excludedAttributes") String excludedAttributes,
            @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
            InputStream body) {
        return call.answer(() -> {
            ObjectNode message = ScimJson.read(body);
            return changed(
                    id, ifMatch, draft -> patch(draft).apply(message), Projection.of(attributes, excludedAttributes));
        });
    }

    /** Disables the user and hides it from the directory. */
    @DELETE
    @Path("{id}")
    public Response delete(@PathParam("id") String id, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch) {
        return call.answer(() -> {
            DirectoryUsers.DirectoryChange change =
                    users.remove(account(), searchable(id), versions(ifMatch), call.directory());
            new ScimAudit(call).user(OperationType.UPDATE, change);
            return call.answers().ok(204, null).build();
        });
    }

    /** Applies a request to the attributes of a user. */
    @FunctionalInterface
    private interface DraftChange {
        void applyTo(UserDraft draft) throws ScimException;
    }

    private Response changed(String id, String ifMatch, DraftChange request, Projection projection) {
        UnaryOperator<DirectoryEdit> edit = current -> {
            UserDraft draft = new UserDraft(current);
            try {
                request.applyTo(draft);
            } catch (ScimException e) {
                throw new ScimErrorException(ScimError.of(e).orElseThrow(() -> new IllegalStateException(e)));
            }
            return draft.edit();
        };
        DirectoryUsers.DirectoryChange change =
                users.change(account(), searchable(id), versions(ifMatch), edit, call.directory());
        DirectoryUser user = change.after();
        if (change.before()
                .map(DirectoryUser::version)
                .filter(user.version()::equals)
                .isEmpty()) {
            new ScimAudit(call).user(OperationType.UPDATE, change);
        }
        return call.answers()
                .ok(200, projection.apply(json.of(user)))
                .header(HttpHeaders.ETAG, UserJson.etag(user))
                .build();
    }

    private UserPatch patch(UserDraft draft) {
        return new UserPatch(
                draft, !call.directory().settings().defaultsIn(account()).isEmpty());
    }

    private Account account() {
        return call.directory().account();
    }

    /** PostgreSQL rejects queries that contain NUL, so such an id is not searched for. */
    private static String searchable(String id) {
        if (id.length() > MAX_ID || id.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.notFound();
        }
        return id;
    }

    /** The versions in a header with ETags, weak or not; empty if any version will do. */
    private static Optional<Set<String>> versions(String header) {
        return Optional.ofNullable(header)
                .map(String::strip)
                .filter(tags -> !tags.equals("*"))
                .map(tags -> Stream.of(tags.split(","))
                        .map(tag -> tag.strip().replaceAll("^(W/)?\"|\"$", ""))
                        .collect(Collectors.toSet()));
    }
}
