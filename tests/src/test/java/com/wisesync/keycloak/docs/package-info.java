/** Checks the documentation: links, options, examples and the tests it names. */
package com.wisesync.keycloak.docs;
