/**
 * Emails to users: invitations, links, notices and codes. They are queued in the outbox, rendered in the realm's email theme and
 * sent after the commit.
 */
package com.wisesync.keycloak.mail;
