/**
 * Wise-Pay hears of everybody who is turned off, by whatever path, at least once and in order per user, and nobody waits for it.
 *
 * <p>Noticing ({@link com.wisesync.keycloak.wisepay.Switches}, {@link com.wisesync.keycloak.wisepay.Departures}) collects in
 * {@link com.wisesync.keycloak.wisepay.Noticed} what a transaction does, and writes an outbox entry for each user with that
 * transaction. Delivering is the outbox's, through {@link com.wisesync.keycloak.wisepay.DeactivationHandlerFactory}.
 * {@link com.wisesync.keycloak.wisepay.Comparison} finds what was missed all the same.
 */
package com.wisesync.keycloak.wisepay;
