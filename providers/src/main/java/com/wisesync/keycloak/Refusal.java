package com.wisesync.keycloak;

import java.util.List;

/**
 * A rule says no. Carries the key of a message and what the message speaks of; the words are found where the caller's
 * language is known. Thrown by the rooms that know the rule, answered by {@code admin}.
 */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What kind of no. */
    public enum Kind {
        /** Something that was sent is not as it must be. */
        INVALID,
        /** Not for this caller. */
        FORBIDDEN,
        /** There is no such thing, or it lies in another account. */
        NOT_FOUND,
        /** A rule or another user stands against it. */
        CONFLICT,
        /** Somebody else has changed it in the meantime. */
        STALE,
        /** More than is taken at once. */
        TOO_LARGE,
        /** Not that often; the first parameter of the message is the number of seconds to wait. */
        TOO_MANY,
        /** Somebody we depend on can't be reached. */
        UNREACHABLE,
        /** Not set up here. */
        UNAVAILABLE,
        /** It can't be written, and nothing was changed. */
        NOT_SAVED
    }

    /**
     * One thing that is wrong.
     *
     * @param field the field it is about, or null
     * @param key of the message
     */
    public record Reason(String field, String key, List<Object> params) {

        public Reason {
            params = List.copyOf(params);
        }

        public static Reason of(String field, String key, Object... params) {
            return new Reason(field, key, List.of(params));
        }
    }

    private final Kind kind;
    private final transient List<Reason> reasons;

    public Refusal(Kind kind, List<Reason> reasons) {
        super(reasons.isEmpty() ? kind.name() : reasons.get(0).key());
        this.kind = kind;
        this.reasons = List.copyOf(reasons);
    }

    public Kind kind() {
        return kind;
    }

    /** At least one. */
    public List<Reason> reasons() {
        return reasons;
    }

    public static Refusal of(Kind kind, String key, Object... params) {
        return new Refusal(kind, List.of(Reason.of(null, key, params)));
    }

    public static Refusal notFound() {
        return of(Kind.NOT_FOUND, "wiseSyncNotFound");
    }

    public static Refusal forbidden() {
        return of(Kind.FORBIDDEN, "wiseSyncForbidden");
    }

    public static Refusal invalid(String field, String key, Object... params) {
        return new Refusal(Kind.INVALID, List.of(Reason.of(field, key, params)));
    }

    public static Refusal conflict(String field, String key, Object... params) {
        return new Refusal(Kind.CONFLICT, List.of(Reason.of(field, key, params)));
    }
}
