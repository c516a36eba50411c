/** The rules about the data of users, as validators named in the realm's User Profile, and the options its forms offer. */
package com.wisesync.keycloak.profile;
