package com.wisesync.keycloak.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.wisesync.keycloak.config.RealmFiles;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Server;
import java.util.StringJoiner;
import java.util.stream.StreamSupport;

/** The addresses of everything that runs, and the users who can log in. */
final class Welcome {

    private Welcome() {}

    static String text(Server server, Port mail, Port wisePay) {
        return """

                Console            %s/admin/wise-sync/console/
                Own account        %s/realms/wise-sync/account/
                Mailbox            %s
                Wise-Pay simulator %s   (API key: demo-key)
                Keycloak           %s/admin/   (%s / %s)

                Who may log in, all with the password %s and the code that is mailed to them:
                %s
                Ctrl-C ends all of it.
                """.formatted(
                        server.url(),
                        server.url(),
                        mail.url(),
                        wisePay.url(),
                        server.url(),
                        Server.ADMIN,
                        Server.ADMIN,
                        Person.DEMO_PASSWORD,
                        people());
    }

    private static String people() {
        StringJoiner people = new StringJoiner("\n", "", "\n");
        RealmFiles.withDemo().path("users").forEach(user -> {
            if (user.has("credentials")) {
                people.add("  %-26s %s".formatted(user.path("username").asText(), role(user)));
            }
        });
        return people.toString();
    }

    private static String role(JsonNode user) {
        return StreamSupport.stream(user.path("realmRoles").spliterator(), false)
                .map(JsonNode::asText)
                .filter(role -> !role.startsWith("default-roles-"))
                .findFirst()
                .orElse("");
    }
}
