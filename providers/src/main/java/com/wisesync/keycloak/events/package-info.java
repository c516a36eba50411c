/**
 * The realm's event listener and everything that is registered with it: detecting disabled and deleted users, keeping users to
 * one role, and notifying users of changes that they made themselves.
 */
package com.wisesync.keycloak.events;
