package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.activity.Activity;
import com.wisesync.keycloak.activity.ActivityKind;
import com.wisesync.keycloak.activity.ActivityQuery;
import com.wisesync.keycloak.admin.ActivityReps.ActivityRep;
import com.wisesync.keycloak.admin.Request.Page;
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
}
