package com.wisesync.keycloak.lifecycle;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/** The type of an entry: the change until the first attempt, then the event that the user's state requires. */
public enum EventType {
    /** The user is new to the application. */
    CREATED("user.created", 5),
    /** Something about the user changed. */
    UPDATED("user.updated", 3),
    /** The user may enter the application again, or for the first time. */
    ENABLED("user.enabled", 2),
    /** The user may not enter the application any more. */
    DISABLED("user.disabled", 2),
    /** The user does not exist any more. */
    DELETED("user.deleted", 0),
    /** Report the user, whether or not anything changed. Never sent as such. */
    RESEND("resend", 4),
    /** Report what changed, if anything did. Never sent as such. */
    CHECK("check", 1);

    private final String id;
    private final int rank;

    EventType(String id, int rank) {
        this.id = id;
        this.rank = rank;
    }

    /** The name in messages and in our API. */
    @JsonValue
    public String id() {
        return id;
    }

    @JsonCreator
    static EventType parse(String id) {
        return Arrays.stream(values())
                .filter(type -> type.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Unknown type of event: " + id));
    }

    /** Whether the event is sent even if nothing differs from the one before. */
    boolean isUnconditional() {
        return rank >= UPDATED.rank;
    }

    /** The type of an entry that a later change joins; empty if a deletion is one of both. */
    Optional<EventType> join(EventType later) {
        if (this == DELETED || later == DELETED) {
            return Optional.empty();
        }
        return Optional.of(rank > later.rank ? this : later);
    }

    /** The same for the types of rows. */
    static Optional<String> join(String earlier, String later) {
        return parse(earlier).join(parse(later)).map(EventType::id);
    }
}
