package com.wisesync.keycloak;

import java.util.List;

/**
 * A rule refuses a request. Carries message keys and their parameters; {@code admin} and {@code scim} turn them into a
 * response in the caller's language.
 */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why a request is refused, which decides the status of the response. */
    public enum Kind {
        /** The input is invalid. */
        INVALID,
        /** The login is too old for this call. */
        STEP_UP,
        /** The caller is not allowed to do this. */
        FORBIDDEN,
        /** The target does not exist, or lies in another account. */
        NOT_FOUND,
        /** The request conflicts with a rule or with another user. */
        CONFLICT,
        /** The target has been changed since the caller read it. */
        STALE,
        /** The input exceeds a size limit. */
        TOO_LARGE,
        /** The caller exceeds a rate limit; the first parameter of the message is the number of seconds to wait. */
        TOO_MANY,
        /** A system that the call depends on can't be reached. */
        UNREACHABLE,
        /** The server is not configured for this call. */
        UNAVAILABLE,
        /** The change could not be written; nothing was changed. */
        NOT_SAVED
    }

    /**
     * One reason for a refusal.
     *
     * @param field the field of the input that it concerns, or null
     * @param key the key of the message
     * @param params the parameters of the message
     */
    public record Reason(String field, String key, List<Object> params) {

        /** Copies the parameters. */
        public Reason {
            params = List.copyOf(params);
        }

        /** A reason with these parameters. */
        public static Reason of(String field, String key, Object... params) {
            return new Reason(field, key, List.of(params));
        }
    }

    private final Kind kind;
    private final transient List<Reason> reasons;

    /** @param reasons at least one */
    public Refusal(Kind kind, List<Reason> reasons) {
        super(reasons.isEmpty() ? kind.name() : reasons.get(0).key());
        this.kind = kind;
        this.reasons = List.copyOf(reasons);
    }

    /** Why the request is refused. */
    public Kind kind() {
        return kind;
    }

    /** All reasons, at least one. */
    public List<Reason> reasons() {
        return reasons;
    }

    /** A refusal that concerns no field. */
    public static Refusal of(Kind kind, String key, Object... params) {
        return new Refusal(kind, List.of(Reason.of(null, key, params)));
    }

    /** The target does not exist, or lies in another account. */
    public static Refusal notFound() {
        return of(Kind.NOT_FOUND, "wiseSyncNotFound");
    }

    /** The caller is not allowed to do this. */
    public static Refusal forbidden() {
        return of(Kind.FORBIDDEN, "wiseSyncForbidden");
    }

    /** A field of the input is invalid. */
    public static Refusal invalid(String field, String key, Object... params) {
        return new Refusal(Kind.INVALID, List.of(Reason.of(field, key, params)));
    }

    /** A field of the input, or the whole request if it is null, conflicts with a rule or another user. */
    public static Refusal conflict(String field, String key, Object... params) {
        return new Refusal(Kind.CONFLICT, List.of(Reason.of(field, key, params)));
    }
}
