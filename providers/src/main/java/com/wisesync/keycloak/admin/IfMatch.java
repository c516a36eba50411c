package com.wisesync.keycloak.admin;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The versions of which one must still be there for an edit to be made. */
final class IfMatch {

    private IfMatch() {}

    /** Empty when any will do; what we never gave out fits nothing. */
    static Optional<Set<String>> versions(String header) {
        return Optional.ofNullable(header)
                .map(String::strip)
                .filter(tags -> !tags.equals("*"))
                .map(tags -> Stream.of(tags.split(","))
                        .map(tag -> tag.strip().replaceAll("^\"|\"$", ""))
                        .collect(Collectors.toSet()));
    }
}
