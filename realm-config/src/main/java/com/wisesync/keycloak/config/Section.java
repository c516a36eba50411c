package com.wisesync.keycloak.config;

import java.util.List;

/** One section of a realm, for example its clients: finds what differs from the files. */
interface Section {

    /** The name for {@code --only}, which also begins the section's paths in {@code ownership.yaml}. */
    String name();

    /** Whether users who have one of the files' realm roles already may get rights by the changes of this section. */
    default boolean grantsToRoles() {
        return false;
    }

    /**
     * Compares the section. What the files do not name is not reported and not changed.
     *
     * <p>May be called before the changes of earlier sections were made; what those will create then counts as existing.
     */
    List<RealmChange> changes(Comparison comparison);
}
