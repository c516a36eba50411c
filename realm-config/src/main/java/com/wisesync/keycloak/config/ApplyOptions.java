package com.wisesync.keycloak.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The arguments of {@code apply}.
 *
 * @param server address of the server
 * @param realm name of an existing realm
 * @param make whether to make the changes instead of showing them
 * @param only the sections to apply; empty for all
 * @param adopt the existing realm roles that the operator agrees to adopt
 */
record ApplyOptions(String server, String realm, boolean make, Set<String> only, Set<String> adopt) {

    ApplyOptions {
        only = Set.copyOf(only);
        adopt = Set.copyOf(adopt);
    }

    /** @throws IllegalArgumentException with a message for the operator */
    static ApplyOptions parse(List<String> arguments) {
        List<String> names = new ArrayList<>();
        Set<String> only = new TreeSet<>();
        Set<String> adopt = new TreeSet<>();
        boolean make = false;
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            switch (argument) {
                case "--yes" -> make = true;
                case "--only" -> only.addAll(list(arguments, ++i));
                case "--adopt" -> adopt.addAll(list(arguments, ++i));
                default -> {
                    if (argument.startsWith("-")) {
                        throw new IllegalArgumentException("Unknown option " + argument);
                    }
                    names.add(argument);
                }
            }
        }
        if (names.size() != 2) {
            throw new IllegalArgumentException("Expected the server's address and the realm's name");
        }
        if (!RealmChanges.sectionNames().containsAll(only)) {
            throw new IllegalArgumentException(
                    "The sections are: " + String.join(", ", new TreeSet<>(RealmChanges.sectionNames())));
        }
        return new ApplyOptions(names.get(0), names.get(1), make, only, adopt);
    }

    private static List<String> list(List<String> arguments, int index) {
        if (index == arguments.size()) {
            throw new IllegalArgumentException("A value is missing after " + arguments.get(index - 1));
        }
        return Arrays.stream(arguments.get(index).split(",")).map(String::strip).toList();
    }
}
