/** HTTP headers of the console's page. */
package com.wisesync.keycloak.console;
