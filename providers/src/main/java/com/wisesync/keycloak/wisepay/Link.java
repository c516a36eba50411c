package com.wisesync.keycloak.wisepay;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A Wise-Pay link: an entry point for payers that runs in one user's name. This is its form in Wise-Pay's answers, in the
 * outbox and in our API.
 *
 * @param user the user's id; only in Wise-Pay's answers
 * @param kind {@code proxy}, {@code paynow-link} or {@code email-link}
 * @param status {@code active}, or {@code inactive} for good
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Link(
        String id,

        @JsonProperty(access = JsonProperty.Access.WRITE_ONLY)
        String user,

        String kind,
        String type,
        String name,
        String status) {

    /** Whether payers can use it; false if Wise-Pay names no status. */
    @JsonIgnore
    public boolean isActive() {
        return "active".equals(status);
    }
}
