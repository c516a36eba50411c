/**
 * The second factor: a code by email for users without an enrolled app or key, the offer to enrol one, the policy that decides
 * who needs a second factor, and the final check that no login skips it.
 */
package com.wisesync.keycloak.twofactor;
