package com.wisesync.keycloak.mail;

import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/** Names of people in emails and on the pages behind their links. */
final class Names {

    private Names() {}

    /** The first name, else the last name, else empty. Emails do the same in {@code greeting.ftl}. */
    static String inGreeting(UserModel user) {
        return Stream.of(user.getFirstName(), user.getLastName())
                .filter(name -> name != null && !name.isBlank())
                .findFirst()
                .orElse("");
    }

    /** The name of the admin who caused an email; empty for services, unknown and deleted users. */
    static String ofAdmin(KeycloakSession session, String userId) {
        UserModel admin = userId == null
                ? null
                : session.users().getUserById(session.getContext().getRealm(), userId);
        if (admin == null || admin.getServiceAccountClientLink() != null) {
            return "";
        }
        return Stream.of(admin.getFirstName(), admin.getLastName())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "))
                .strip();
    }
}
