package com.wisesync.keycloak.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.wisesync.keycloak.Refusal.Reason;
import com.wisesync.keycloak.admin.RefusalMapper.ErrorRep;
import com.wisesync.keycloak.user.AccountUser;
import com.wisesync.keycloak.user.BulkChanges;
import com.wisesync.keycloak.wisepay.Link;
import java.util.List;
import java.util.Map;

/** Changes of many users at once, as the API reads and reports them. */
final class BulkReps {

    private BulkReps() {}

    /** The action and the users it applies to. */
    record BulkInputRep(String action, List<String> users, List<String> companies) {

        BulkChanges.Order order() {
            Fields fields = new Fields();
            fields.require(action != null, "action", "wiseSyncFieldMissing");
            var checkedAction = fields.choice("action", action, BulkChanges.Action.values(), BulkChanges.Action::id);
            boolean needsCompanies =
                    checkedAction.filter(BulkChanges.Action::needsCompanies).isPresent();
            List<String> ids = fields.ids("users", users, BulkChanges.MAX_USERS);
            List<String> checkedCompanies = fields.companies(companies);
            if (checkedAction.isPresent()) {
                fields.require(!needsCompanies || !checkedCompanies.isEmpty(), "companies", "wiseSyncCompanyMissing");
                fields.require(needsCompanies || checkedCompanies.isEmpty(), "companies", "wiseSyncFieldUnknown");
            }
            fields.done();
            return new BulkChanges.Order(checkedAction.orElseThrow(), ids, checkedCompanies);
        }
    }

    /**
     * The report.
     *
     * @param total the number of users in the request
     * @param changed how many were changed; with {@code dryRun} how many would be
     * @param errorMessage why nothing was or would be changed
     * @param key the key of that message
     * @param linksComplete for a dry run of {@code disable}, whether Wise-Pay has answered about every user
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BulkReportRep(
            boolean dryRun,
            String action,
            int total,
            int changed,
            String errorMessage,
            String key,
            Boolean linksComplete,
            List<BulkRowRep> users) {

        /** @param links the active links by user id; null unless they were asked for */
        static BulkReportRep of(
                BulkChanges.Order order,
                BulkChanges.Result result,
                boolean dryRun,
                Map<String, List<Link>> links,
                Texts texts) {
            boolean valid = result.invalid() == 0;
            int changes = (int)
                    result.rows().stream().filter(BulkChanges.Row::changes).count();
            Reason reason = valid ? null : Reason.of(null, "wiseSyncBulkUsersInvalid", result.invalid());
            List<BulkRowRep> rows = result.rows().stream()
                    .map(row -> BulkRowRep.of(row, result.applied(), links == null ? null : links.get(row.id()), texts))
                    .toList();
            return new BulkReportRep(
                    dryRun,
                    order.action().id(),
                    rows.size(),
                    valid ? changes : 0,
                    valid ? null : texts.format(reason),
                    valid ? null : reason.key(),
                    links == null ? null : links.keySet().containsAll(asked(result)),
                    rows);
        }

        /** The users whose links a dry run asks for. */
        static List<String> asked(BulkChanges.Result result) {
            return result.rows().stream()
                    .filter(row -> row.problems().isEmpty() && row.changes())
                    .map(BulkChanges.Row::id)
                    .toList();
        }
    }

    /**
     * One user of the report.
     *
     * @param outcome {@code changed}, {@code valid} (would be changed), {@code unchanged} or {@code invalid}
     * @param links the user's active links, for a dry run of {@code disable}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BulkRowRep(
            String id, String username, String name, String outcome, List<ErrorRep> errors, List<Link> links) {

        static BulkRowRep of(BulkChanges.Row row, boolean applied, List<Link> links, Texts texts) {
            return new BulkRowRep(
                    row.id(),
                    row.before().map(AccountUser::username).orElse(null),
                    row.before().map(AccountUser::displayName).orElse(null),
                    outcome(row, applied),
                    row.problems().stream()
                            .map(reason -> ErrorRep.of(inUsers(reason), texts))
                            .toList(),
                    links);
        }

        /** A problem that is not about another field of the request is about one of its users. */
        private static Reason inUsers(Reason reason) {
            return reason.field() == null ? new Reason("users", reason.key(), reason.params()) : reason;
        }

        private static String outcome(BulkChanges.Row row, boolean applied) {
            if (!row.problems().isEmpty()) {
                return "invalid";
            }
            if (!row.changes()) {
                return "unchanged";
            }
            return applied ? "changed" : "valid";
        }
    }
}
