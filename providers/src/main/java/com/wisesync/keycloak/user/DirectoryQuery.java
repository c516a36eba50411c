package com.wisesync.keycloak.user;

import java.util.Optional;

/**
 * Which users a directory looks for. Usernames and emails are compared in their normalized form, external ids exactly.
 *
 * @param first how many users to skip
 * @param max how many users to return at most
 */
public record DirectoryQuery(
        Optional<String> username, Optional<String> email, Optional<String> externalId, int first, int max) {}
