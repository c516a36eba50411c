/**
 * Whether a user has access: which account, in which role, and which applications they may enter. Enforced at login
 * ({@code ApplicationAccessAction}), at the token and userinfo endpoints ({@code TokenAccessExecutor}), at token exchange and at
 * introspection.
 */
package com.wisesync.keycloak.access;
