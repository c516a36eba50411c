/** The rules about a person's data, as validators named in the realm's User Profile, and what its forms offer. */
package com.wisesync.keycloak.profile;
