package com.wisesync.keycloak.wisepay;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * A way in for payers that runs in one user's name, as Wise-Pay tells it.
 *
 * @param kind {@code proxy}, {@code paynow-link} or {@code email-link}
 * @param status {@code active} or {@code inactive}, which it stays
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Link(String id, String user, String kind, String type, String name, String status) {}
