package com.wisesync.keycloak.activity;

import java.time.Instant;
import java.util.List;

/**
 * One entry of the activity log.
 *
 * @param at when it happened
 * @param kind what happened
 * @param by the user of the account who did it; null for Wise-Sync and for the directory
 * @param byDirectory whether the directory of the account did it, over SCIM
 * @param user the user it concerns; null if it concerns the account
 * @param company the name of the company it concerns; null if none
 * @param application the name of the application where it happened; null if none
 * @param changes the changed values, if known
 */
public record ActivityEntry(
        Instant at,
        ActivityKind kind,
        Person by,
        boolean byDirectory,
        Person user,
        String company,
        String application,
        List<Change> changes) {

    /** Copies the changes. */
    public ActivityEntry {
        changes = List.copyOf(changes);
    }

    /**
     * A user, as far as the log names them.
     *
     * @param username null for a deleted user whose username is unknown
     */
    public record Person(String id, String username) {}

    /**
     * One changed value.
     *
     * @param field the name of the field in the API
     * @param before the value before, null if there was none; several are separated by commas
     * @param after the value after, null if there is none
     */
    public record Change(String field, String before, String after) {}
}
