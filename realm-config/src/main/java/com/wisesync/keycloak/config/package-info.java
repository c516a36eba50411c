/** The realm as files: merges them for the import, and applies them to an existing realm. */
package com.wisesync.keycloak.config;
