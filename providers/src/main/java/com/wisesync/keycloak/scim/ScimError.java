package com.wisesync.keycloak.scim;

import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.messages.ErrorResponse;
import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.Refusal.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An error as RFC 7644, section 3.12, has it.
 *
 * @param scimType null for errors that have none
 * @param reason in words
 * @param retryAfter how many seconds to wait, if the request should be repeated
 */
record ScimError(int status, String scimType, Reason reason, OptionalLong retryAfter) {

    private static final String UNIQUENESS = BadRequestException.UNIQUENESS;
    private static final long BUSY_SECONDS = 2;
    private static final Set<String> TAKEN =
            Set.of("wiseSyncAddressTaken", "emailExistsMessage", "usernameExistsMessage");

    private static final Pattern PARSER_POSITION = Pattern.compile("\\R| at \\[Source");

    /** The attributes of SCIM by the fields of the User Profile, which refusals name. */
    private static final Map<String, String> ATTRIBUTES = Map.of(
            "username", "userName",
            "email", "emails",
            "firstName", "name.givenName",
            "lastName", "name.familyName");

    static ScimError of(Refusal refusal) {
        Reason reason = named(first(refusal.reasons()));
        return switch (refusal.kind()) {
            case INVALID -> error(400, BadRequestException.INVALID_VALUE, reason);
            case STEP_UP, FORBIDDEN -> error(403, null, reason);
            case NOT_FOUND -> error(404, null, reason);
            case CONFLICT -> conflict(reason);
            case STALE -> error(412, null, reason);
            case TOO_LARGE -> error(413, null, reason);
            case TOO_MANY ->
                new ScimError(
                        429,
                        null,
                        reason,
                        OptionalLong.of(((Number) reason.params().get(0)).longValue()));
            case NOT_SAVED -> error(500, null, reason);
            case UNREACHABLE, UNAVAILABLE -> busy(reason);
        };
    }

    /** @return the error, or empty if the exception says nothing that the client can act on */
    static Optional<ScimError> of(ScimException e) {
        ErrorResponse response = e.getScimError();
        return response.getStatus() >= 500
                ? Optional.empty()
                : Optional.of(error(
                        response.getStatus(),
                        response.getScimType(),
                        Reason.of(null, "wiseSyncScimInvalid", withoutPosition(String.valueOf(response.getDetail())))));
    }

    /** The SDK appends where its JSON parser stopped. */
    private static String withoutPosition(String detail) {
        return PARSER_POSITION.split(detail, 2)[0].strip();
    }

    static ScimError of(int status, String key, Object... params) {
        return error(status, null, Reason.of(null, key, params));
    }

    static ScimError tooMany(long seconds) {
        return new ScimError(429, null, Reason.of(null, "wiseSyncScimTooMany", seconds), OptionalLong.of(seconds));
    }

    /** Only a name that is taken is a conflict for a directory, which then looks for the user with that name. */
    private static ScimError conflict(Reason reason) {
        if (TAKEN.contains(reason.key())) {
            return error(409, UNIQUENESS, reason);
        }
        return reason.key().equals("wiseSyncBusy") ? busy(reason) : error(403, null, reason);
    }

    /** The one about the username, because the email follows it if the directory sends none. */
    private static Reason first(List<Reason> reasons) {
        return reasons.stream()
                .filter(reason -> "username".equals(reason.field()))
                .findFirst()
                .orElse(reasons.get(0));
    }

    private static Reason named(Reason reason) {
        return reason.field() == null
                ? reason
                : new Reason(ATTRIBUTES.getOrDefault(reason.field(), reason.field()), reason.key(), reason.params());
    }

    private static ScimError busy(Reason reason) {
        return new ScimError(503, null, reason, OptionalLong.of(BUSY_SECONDS));
    }

    private static ScimError error(int status, String scimType, Reason reason) {
        return new ScimError(status, scimType, reason, OptionalLong.empty());
    }

    /** A refusal with a {@code scimType}. */
    static ScimErrorException bad(String scimType, String field, String key, Object... params) {
        return new ScimErrorException(error(400, scimType, new Reason(field, key, List.of(params))));
    }
}
