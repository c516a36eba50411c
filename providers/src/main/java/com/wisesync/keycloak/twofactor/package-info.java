/**
 * The second factor: a code by e-mail for whoever has enrolled no device, the offer to enrol one, who is asked at all, and
 * the guard that no login ends without it.
 */
package com.wisesync.keycloak.twofactor;
