package com.wisesync.keycloak.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.activity.Activity;
import com.wisesync.keycloak.activity.ActivityEntry;
import com.wisesync.keycloak.activity.ActivityEntry.Change;
import com.wisesync.keycloak.activity.ActivityEntry.Person;
import com.wisesync.keycloak.activity.ActivityKind;
import com.wisesync.keycloak.activity.ActivityQuery;
import com.wisesync.keycloak.admin.Request.Page;
import com.wisesync.keycloak.admin.UserReps.UserReferenceRep;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** The activity log of an account. */
public final class AccountActivityResource {

    /** The media type of the log as a file. */
    static final String CSV = "text/csv";

    /** Whether older entries are missing; a page has the header only if they are. */
    private static final String TRUNCATED = "Wise-Sync-Truncated";

    private final Request request;
    private final String accountId;

    AccountActivityResource(Request request, String accountId) {
        this.request = request;
        this.accountId = accountId;
    }

    /** Lists entries, newest first. A header says whether older entries are missing. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public List<ActivityRep> list(
            @QueryParam("user") String user,
            @QueryParam("kind") String kind,
            @QueryParam("from") String from,
            @QueryParam("to") String to,
            @QueryParam("first") @DefaultValue("0") String first,
            @QueryParam("max") @DefaultValue(Page.DEFAULT_MAX) String max) {
        Account account = request.caller().requireAccount(Call.LIST_ACTIVITY, accountId);
        Activity activity = new Activity(request.session(), account);
        List<ActivityRep> page = activity.page(query(user, kind, from, to, Page.of(first, max))).stream()
                .map(ActivityRep::of)
                .toList();
        if (!activity.isComplete()) {
            request.session().getContext().getHttpResponse().setHeader(TRUNCATED, "true");
        }
        return page;
    }

    /** The newest entries as a file, and in a header whether there are more. */
    @GET
    @Produces(CSV + ";qs=0.5") // a request without an Accept header gets JSON
    public Response file(
            @QueryParam("user") String user,
            @QueryParam("kind") String kind,
            @QueryParam("from") String from,
            @QueryParam("to") String to) {
        Account account = request.caller().requireAccount(Call.LIST_ACTIVITY, accountId);
        // Reads one extra entry to detect truncation.
        ActivityQuery query = query(user, kind, from, to, new Page(0, ActivityFile.MAX_ENTRIES + 1));
        Activity activity = new Activity(request.session(), account);
        ActivityFile file = ActivityFile.of(activity.page(query), request.texts());
        return Response.ok(file.text(), CSV + ";charset=UTF-8")
                .header(TRUNCATED, file.truncated() || !activity.isComplete())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"activity-" + account.alias() + ".csv\"")
                .build();
    }

    private static ActivityQuery query(String user, String kind, String from, String to, Page page) {
        Fields fields = new Fields();
        ActivityQuery query = new ActivityQuery(
                fields.optional("user", user),
                fields.choice("kind", kind, ActivityKind.values(), ActivityKind::id),
                fields.moment("from", from),
                fields.moment("to", to),
                page.first(),
                page.max());
        fields.require(!query.isReversed(), "to", "wiseSyncActivityPeriodReversed");
        fields.done();
        return query;
    }

    /**
     * One entry of the log.
     *
     * @param at ISO 8601, UTC
     * @param what the kind
     * @param by the user of the account who did it; absent for Wise-Sync and for the directory
     * @param byDirectory whether the directory of the account did it, over SCIM
     * @param user the user it concerns; absent if it concerns the account
     * @param company the name of the company it concerns
     * @param application the name of the application where it happened
     * @param fields the names of the changed fields
     * @param changes the changed values, if known
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ActivityRep(
            String at,
            String what,
            UserReferenceRep by,
            boolean byDirectory,
            UserReferenceRep user,
            String company,
            String application,
            List<String> fields,
            List<ChangeRep> changes) {

        static ActivityRep of(ActivityEntry entry) {
            return new ActivityRep(
                    entry.at().toString(),
                    entry.kind().id(),
                    reference(entry.by()),
                    entry.byDirectory(),
                    reference(entry.user()),
                    entry.company(),
                    entry.application(),
                    entry.changes().stream().map(Change::field).toList(),
                    entry.changes().stream()
                            .map(change -> new ChangeRep(change.field(), change.before(), change.after()))
                            .toList());
        }

        private static UserReferenceRep reference(Person person) {
            return person == null ? null : new UserReferenceRep(person.id(), person.username());
        }
    }

    /** One changed value; absent if there was or is none. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ChangeRep(String field, String before, String after) {}
}
