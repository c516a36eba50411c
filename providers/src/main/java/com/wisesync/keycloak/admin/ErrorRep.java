package com.wisesync.keycloak.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.wisesync.keycloak.Refusal.Reason;
import java.util.List;

/**
 * Keycloak's {@code ErrorRepresentation}, and the key of the message.
 *
 * @param errors where there are several things wrong, each of them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ErrorRep(String errorMessage, String key, String field, List<Object> params, List<ErrorRep> errors) {

    static ErrorRep of(Reason reason, Texts texts) {
        return new ErrorRep(
                texts.format(reason),
                reason.key(),
                reason.field(),
                reason.params().isEmpty() ? null : reason.params(),
                null);
    }

    static ErrorRep of(List<Reason> reasons, Texts texts) {
        ErrorRep first = of(reasons.get(0), texts);
        return reasons.size() == 1
                ? first
                : new ErrorRep(
                        first.errorMessage(),
                        first.key(),
                        first.field(),
                        first.params(),
                        reasons.stream().map(reason -> of(reason, texts)).toList());
    }
}
