/** What every package uses: opt-in, refusals, versions. */
package com.wisesync.keycloak;
