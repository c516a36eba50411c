package com.wisesync.keycloak.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The attributes that a client asked for (RFC 7644, section 3.9); {@code schemas} and {@code id} are always there. */
final class Projection {

    private static final Set<String> ALWAYS = Set.of("schemas", "id");

    private final Set<String> wanted;
    private final Set<String> unwanted;

    private Projection(Set<String> wanted, Set<String> unwanted) {
        this.wanted = wanted;
        this.unwanted = unwanted;
    }

    /** @param attributes names separated by commas; null for all */
    static Projection of(String attributes, String excludedAttributes) {
        return new Projection(names(attributes), names(excludedAttributes));
    }

    ObjectNode apply(ObjectNode user) {
        if (wanted.isEmpty() && unwanted.isEmpty()) {
            return user;
        }
        for (String name : new HashSet<>(
                user.properties().stream().map(attribute -> attribute.getKey()).toList())) {
            if (!ALWAYS.contains(name)) {
                apply(user, name);
            }
        }
        return user;
    }

    private void apply(ObjectNode user, String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (unwanted.contains(lower)) {
            user.remove(name);
        } else if (!wanted.isEmpty() && !wanted.contains(lower)) {
            boolean partly = wanted.stream().anyMatch(other -> isBelow(other, lower));
            if (partly) {
                removeParts(user.get(name), part -> !contains(wanted, lower, part));
            } else {
                user.remove(name);
            }
        }
        if (user.has(name)) {
            removeParts(user.get(name), part -> contains(unwanted, lower, part));
        }
    }

    private static void removeParts(JsonNode value, Predicate<String> removed) {
        if (value.isArray()) {
            value.forEach(element -> removeParts(element, removed));
        } else if (value instanceof ObjectNode object) {
            object.remove(object.properties().stream()
                    .map(attribute -> attribute.getKey())
                    .filter(removed)
                    .toList());
        }
    }

    private static boolean contains(Set<String> names, String parent, String part) {
        String lower = part.toLowerCase(Locale.ROOT);
        return names.contains(parent + "." + lower) || names.contains(parent + ":" + lower);
    }

    private static boolean isBelow(String name, String parent) {
        return name.startsWith(parent + ".") || name.startsWith(parent + ":");
    }

    private static Set<String> names(String list) {
        String core = (Discovery.USER + ":").toLowerCase(Locale.ROOT);
        return list == null || list.isBlank()
                ? Set.of()
                : Arrays.stream(list.split(","))
                        .map(name -> name.strip().toLowerCase(Locale.ROOT))
                        .map(name -> name.startsWith(core) ? name.substring(core.length()) : name)
                        .filter(name -> !name.isEmpty())
                        .collect(Collectors.toSet());
    }
}
