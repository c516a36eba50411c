/**
 * Notifies applications of users: created, updated, enabled, disabled, deleted. Active for clients with the attributes of
 * {@link com.wisesync.keycloak.lifecycle.LifecycleClient}.
 *
 * <p>{@link com.wisesync.keycloak.lifecycle.LifecycleDetection} collects which users a transaction changes and writes one
 * outbox entry for each user and client in that transaction. {@link com.wisesync.keycloak.lifecycle.LifecycleHandlerFactory}
 * delivers them: at the first attempt it reads the user, decides what to report and stores the body, which then stays the same.
 * Changes of whole accounts, and sending all users, are expanded by {@link com.wisesync.keycloak.lifecycle.PagesHandlerFactory}
 * after the commit.
 */
package com.wisesync.keycloak.lifecycle;
