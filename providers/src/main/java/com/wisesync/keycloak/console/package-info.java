/** What the console's page needs of the server. */
package com.wisesync.keycloak.console;
