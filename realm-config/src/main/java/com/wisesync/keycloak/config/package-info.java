/** The realm as files: what merges them for import, and what applies them to a realm that is there already. */
package com.wisesync.keycloak.config;
