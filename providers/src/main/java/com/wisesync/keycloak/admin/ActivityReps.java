package com.wisesync.keycloak.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.wisesync.keycloak.activity.ActivityEntry;
import com.wisesync.keycloak.admin.UserReps.UserReferenceRep;
import java.util.List;

/** The activity log, as the API shows it. */
final class ActivityReps {

    private ActivityReps() {}

    /**
     * One thing that happened.
     *
     * @param by who did it, the user themselves or somebody of their account; none when it was Wise-Sync
     * @param application where, if it happened at one
     * @param fields what was changed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ActivityRep(String at, String what, UserReferenceRep by, String application, List<String> fields) {

        static ActivityRep of(ActivityEntry entry) {
            UserReferenceRep by = entry.by() == null
                    ? null
                    : new UserReferenceRep(entry.by().id(), entry.by().username());
            return new ActivityRep(entry.at(), entry.what(), by, entry.application(), entry.fields());
        }
    }
}
