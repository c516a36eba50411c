package com.wisesync.keycloak.activity;

import java.util.List;

/**
 * One thing that happened to a user.
 *
 * @param at ISO 8601, UTC
 * @param what the kind, for example {@code password-changed}
 * @param by the user or a member of the account who did it; null for Wise-Sync
 * @param application the name of the application where it happened; null if none
 * @param fields the profile fields that were changed
 */
public record ActivityEntry(String at, String what, Actor by, String application, List<String> fields) {

    public ActivityEntry {
        fields = List.copyOf(fields);
    }

    /** Who did it. */
    public record Actor(String id, String username) {}
}
