/** The local run: {@code mvn -Prun}. */
package com.wisesync.keycloak.run;
