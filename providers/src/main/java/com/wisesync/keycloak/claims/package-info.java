/** What applications get to know about a user over OpenID Connect. */
package com.wisesync.keycloak.claims;
