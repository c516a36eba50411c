/** SCIM, as directories of customers call it. */
package com.wisesync.keycloak.scim;
