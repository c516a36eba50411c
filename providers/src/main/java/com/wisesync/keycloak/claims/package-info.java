/** The protocol mapper that adds account, role and companies to tokens, userinfo and introspection. */
package com.wisesync.keycloak.claims;
