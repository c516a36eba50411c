package com.wisesync.keycloak.user;

import com.wisesync.keycloak.Revision;
import com.wisesync.keycloak.account.ScimLink;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A user that the directory of the account manages.
 *
 * @param externalId the user's id in the directory
 * @param modifiedAt the last change, as far as it was made by this extension
 */
public record DirectoryUser(
        AccountUser user, ScimLink link, Optional<String> externalId, Instant createdAt, Instant modifiedAt) {

    /** A hash of all that SCIM shows. */
    public String version() {
        return Revision.of(List.of(user.version(), String.valueOf(user.enabled()), externalId.orElse("")));
    }

    /** The user as an edit that changes nothing; an imported user may have no email and no names, which are empty here. */
    public DirectoryEdit unchanged() {
        return new DirectoryEdit(
                user.username(),
                user.email() == null ? "" : user.email(),
                user.firstName() == null ? "" : user.firstName(),
                user.lastName() == null ? "" : user.lastName(),
                externalId,
                user.enabled(),
                user.companies());
    }
}
