/**
 * Notifies Wise-Pay of disabled and deleted users. However a user is disabled, Wise-Pay is notified at least once, in order
 * per user, and no request waits for it.
 *
 * <p>{@link com.wisesync.keycloak.wisepay.Detection} collects in {@link com.wisesync.keycloak.wisepay.DetectedChanges} what a
 * transaction does, and writes one outbox entry for each user in that transaction. The outbox delivers them through
 * {@link com.wisesync.keycloak.wisepay.DeactivationHandlerFactory}. {@link com.wisesync.keycloak.wisepay.Reconciliation} finds
 * users that were missed.
 */
package com.wisesync.keycloak.wisepay;
