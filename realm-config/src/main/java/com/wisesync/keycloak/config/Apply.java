package com.wisesync.keycloak.config;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.keycloak.OAuth2Constants;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.KeycloakBuilder;

/**
 * The command that applies the realm's files to a realm that is there already. By itself it only shows what it would
 * change.
 */
public final class Apply {

    private static final String USAGE = """
            java -jar wise-sync-realm-config-<version>-apply.jar <server> <realm> [--yes]

            Shows what is to be changed in the realm, and changes it with --yes.

              <server>  address of Keycloak, such as https://login.example.com
              <realm>   name of the realm, which has to exist

            Logs in to the realm master, as a service or as a person without a second factor:
              KC_ADMIN_CLIENT_ID      (default admin-cli)
              KC_ADMIN_CLIENT_SECRET  of a service
              KC_ADMIN_USERNAME, KC_ADMIN_PASSWORD

            Placeholders of the realm's files, such as WISE_SYNC_APP_URL, are taken from the environment.
            """;

    private Apply() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.getenv(), System.out));
    }

    static int run(List<String> arguments, Map<String, String> environment, PrintStream out) {
        List<String> names =
                arguments.stream().filter(argument -> !argument.startsWith("-")).toList();
        boolean make = arguments.contains("--yes");
        if (names.size() != 2 || arguments.size() != (make ? 3 : 2)) {
            out.print(USAGE);
            return 2;
        }
        try (Keycloak keycloak = login(names.get(0), environment)) {
            RealmChanges changes = new RealmChanges(keycloak, names.get(0), names.get(1), environment);
            if (make) {
                changes.make(out::println);
            } else {
                changes.show().forEach(out::println);
            }
        }
        return 0;
    }

    private static Keycloak login(String server, Map<String, String> environment) {
        String secret = environment.get("KC_ADMIN_CLIENT_SECRET");
        return KeycloakBuilder.builder()
                .serverUrl(server)
                .realm("master")
                .grantType(secret == null ? OAuth2Constants.PASSWORD : OAuth2Constants.CLIENT_CREDENTIALS)
                .clientId(environment.getOrDefault("KC_ADMIN_CLIENT_ID", "admin-cli"))
                .clientSecret(secret)
                .username(environment.get("KC_ADMIN_USERNAME"))
                .password(environment.get("KC_ADMIN_PASSWORD"))
                .build();
    }
}
