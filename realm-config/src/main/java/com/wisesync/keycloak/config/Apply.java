package com.wisesync.keycloak.config;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.client.ResponseProcessingException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.keycloak.OAuth2Constants;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.KeycloakBuilder;

/**
 * The command that applies the realm's files to an existing realm. Without {@code --yes} it only shows the differences.
 *
 * <p>Exit codes: 0 if the realm has no differences, 1 if it has some or if they were removed, 2 after an error.
 */
public final class Apply {

    static final int UNCHANGED = 0;
    static final int CHANGES = 1;
    static final int ERROR = 2;

    private static final int SHOWN_USERS = 5;

    private static final String USAGE = """
            java -jar wise-sync-realm-config-<version>-apply.jar <server> <realm> [options]

            Shows the differences between the realm and the files as a diff. Changes the realm with --yes.

              <server>          address of Keycloak, for example https://login.example.com
              <realm>           name of an existing realm
              --yes             make the changes
              --only <section>  only these sections, separated by commas:
                                client-scopes, clients, roles, permissions, service-accounts,
                                required-actions, flows, user-profile, client-policies, settings
              --adopt <role>    use these existing realm roles, separated by commas, without asking

            Values that the extension's guarantees depend on are restored. Other values are set if the realm has
            none and are the operator's from then on. A value with a placeholder, such as WISE_SYNC_APP_URL, is set
            if the environment has it, otherwise left alone.

            Exit codes: 0 no differences, 1 differences (shown, or removed with --yes), 2 error.

            Logs in to the realm master as a service, or as a user without a second factor:
              KC_ADMIN_CLIENT_ID      default admin-cli
              KC_ADMIN_CLIENT_SECRET  of a service
              KC_ADMIN_USERNAME, KC_ADMIN_PASSWORD
            """;

    private Apply() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.getenv(), System.out, Apply::confirm));
    }

    /**
     * Runs the command.
     *
     * @param confirm asks the operator a question; false without a terminal
     * @return the exit code
     */
    static int run(
            List<String> arguments, Map<String, String> environment, PrintStream out, Predicate<String> confirm) {
        ApplyOptions options;
        try {
            options = ApplyOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage());
            out.println();
            out.print(USAGE);
            return ERROR;
        }
        Set<String> masked = new Placeholders(environment).masked();
        if (!masked.isEmpty()) {
            out.println("! %s: a literal %s is not a secret but the mask of an export"
                    .formatted(String.join(", ", masked), Placeholders.MASKED));
            return ERROR;
        }
        if (!hasLogin(environment)) {
            out.println(
                    "! Set KC_ADMIN_CLIENT_ID and KC_ADMIN_CLIENT_SECRET, or KC_ADMIN_USERNAME and KC_ADMIN_PASSWORD");
            return ERROR;
        }
        try (Keycloak keycloak = login(options.server(), environment)) {
            return apply(
                    new RealmChanges(keycloak, options.server(), options.realm(), environment, options.only()),
                    options,
                    out,
                    confirm);
        } catch (ResponseProcessingException e) {
            out.println("! " + e.getMessage());
            return ERROR;
        } catch (WebApplicationException e) {
            out.println("! Keycloak answers: " + e.getMessage());
            return ERROR;
        } catch (ProcessingException e) {
            out.println("! %s: %s".formatted(options.server(), e.getMessage()));
            return ERROR;
        } catch (RuntimeException e) {
            // An uncaught exception would end the process with the exit code of differences.
            out.println("! " + e);
            return ERROR;
        }
    }

    private static int apply(RealmChanges changes, ApplyOptions options, PrintStream out, Predicate<String> confirm) {
        List<RealmChange> found = changes.find().toList();
        List<String> foreign = changes.foreignRoles();
        if (!found.isEmpty() || !foreign.isEmpty()) {
            out.println("--- realm " + options.realm());
            out.println("+++ files");
        }
        foreign.forEach(role -> out.println("@@ role %s @@%n! exists already, held by %s"
                .formatted(role, holders(changes.usersWithRole(role, SHOWN_USERS + 1)))));
        found.forEach(change -> out.println(change.text()));
        boolean different = !foreign.isEmpty() || found.stream().anyMatch(change -> !change.remark());
        if (!options.make() || !different) {
            return different ? CHANGES : UNCHANGED;
        }
        for (String role : foreign) {
            if (!options.adopt().contains(role)
                    && !confirm.test(
                            "Give the permissions of the files to everyone with the role '%s'?".formatted(role))) {
                out.println("! Nothing was changed. Rename the role '%s', or adopt it with --adopt %s"
                        .formatted(role, role));
                return ERROR;
            }
        }
        changes.make(change -> {});
        return CHANGES;
    }

    private static String holders(List<String> users) {
        if (users.isEmpty()) {
            return "no user directly";
        }
        return users.size() > SHOWN_USERS
                ? "%s and others".formatted(String.join(", ", users.subList(0, SHOWN_USERS)))
                : String.join(", ", users);
    }

    /** Reads one line from the standard input; its end means no. */
    private static boolean confirm(String question) {
        System.out.print(question + " [y/N] ");
        System.out.flush();
        try {
            String answer = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
            return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean hasLogin(Map<String, String> environment) {
        return isSet(environment, "KC_ADMIN_CLIENT_SECRET")
                || isSet(environment, "KC_ADMIN_USERNAME") && isSet(environment, "KC_ADMIN_PASSWORD");
    }

    private static boolean isSet(Map<String, String> environment, String name) {
        return !environment.getOrDefault(name, "").isBlank();
    }

    private static Keycloak login(String server, Map<String, String> environment) {
        String secret = isSet(environment, "KC_ADMIN_CLIENT_SECRET") ? environment.get("KC_ADMIN_CLIENT_SECRET") : null;
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
