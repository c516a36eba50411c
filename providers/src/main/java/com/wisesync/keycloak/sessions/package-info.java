/**
 * Ends sessions and logs users out of applications, after the commit of the change that requires it.
 *
 * <p>The change writes one outbox row ({@link com.wisesync.keycloak.sessions.SessionEntry}). Its handler writes one row per client
 * session, commits, and then removes the sessions; the rows of client sessions are sent as OpenID Connect back-channel logouts. No
 * request waits for an application, and a node that is killed in between loses no logout: every step is repeated until its row
 * says that it was completed.
 */
package com.wisesync.keycloak.sessions;
