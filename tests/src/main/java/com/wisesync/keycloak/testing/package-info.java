/** The one place through which tests, the local run and the benchmark start servers, a browser and a mailbox. */
package com.wisesync.keycloak.testing;
