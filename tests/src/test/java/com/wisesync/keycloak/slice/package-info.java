/** The whole of it, from the console to Wise-Pay. */
package com.wisesync.keycloak.slice;
