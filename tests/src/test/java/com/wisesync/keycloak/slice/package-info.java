/** The main scenario from the console to Wise-Pay. */
package com.wisesync.keycloak.slice;
