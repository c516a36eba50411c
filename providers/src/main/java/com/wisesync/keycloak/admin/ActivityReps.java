package com.wisesync.keycloak.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.wisesync.keycloak.activity.ActivityEntry;
import com.wisesync.keycloak.activity.ActivityEntry.Change;
import com.wisesync.keycloak.activity.ActivityEntry.Person;
import com.wisesync.keycloak.admin.UserReps.UserReferenceRep;
import java.util.List;

/** The activity log, as the API shows it. */
final class ActivityReps {

    private ActivityReps() {}

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
