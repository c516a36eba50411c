package com.wisesync.keycloak.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Mailbox;
import com.wisesync.keycloak.testing.Server;
import com.wisesync.keycloak.testing.ServerSettings;
import com.wisesync.keycloak.testing.Servers;
import com.wisesync.keycloak.testing.Tokens;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The number of SQL statements for a page of users, accounts or activity, on a separate server that logs every statement. */
@Tag("full")
class ListCostIT {

    private static final Pattern STATEMENT =
            Pattern.compile("\\[org\\.hibernate\\.SQL] \\((executor-thread-\\d+)\\) (.*)");

    @Test
    void aPageOfAnySizeTakesAsManyStatements() throws Exception {
        try (Mailbox mailbox = Mailbox.start();
                Server server = Servers.start(ServerSettings.demo("statements", mailbox.port(), 1)
                        .withOptions("--log-level=info,org.hibernate.SQL:debug"))) {
            String token = Tokens.ofService(server, "wise-sync-service", "wise-sync-service-secret")
                    .access();
            Api service = new Api(server.apiUrl(), () -> token);
            String account = service.post("/accounts", Map.of("name", "Cost", "psa", "other"))
                    .createdId();
            service.put("/accounts/" + account + "/companies/one", Map.of("name", "One", "package", "xero"));
            String users = "/accounts/" + account + "/users";
            String file = "role,companies,firstName,lastName,email,username,password\n"
                    + IntStream.range(0, 60)
                            .mapToObj(i -> "user,one,Test,Person," + UUID.randomUUID() + "@test.example,,")
                            .collect(Collectors.joining("\n"));
            assertThat(service.send("POST", users + "/import", file, "Content-Type", "text/csv")
                            .status())
                    .isEqualTo(200);
            service.get(users);

            long five = statements(server, service, users + "?max=5");
            long fifty = statements(server, service, users + "?max=50&search=test&company=one&enabled=true");

            assertThat(five).isPositive().isLessThanOrEqualTo(6);
            assertThat(fifty).isEqualTo(five);

            String activity = "/accounts/" + account + "/activity";
            long ofNobody = statements(server, service, activity + "?from=2099-01-01T00:00:00Z");
            long ofSixty = statements(server, service, activity);

            assertThat(ofSixty).as("with the names of all users").isEqualTo(ofNobody + 1);

            IntStream.range(0, 20).forEach(i -> service.post("/accounts", Map.of("name", "Cost " + i)));
            service.get("/accounts");

            long one = statements(server, service, "/accounts?max=1");
            long twenty = statements(server, service, "/accounts");

            assertThat(one).as("accounts, with their warnings").isPositive().isLessThanOrEqualTo(6);
            assertThat(twenty).isEqualTo(one);
        }
    }

    /**
     * Counts only statements of the threads that answered requests for account members; the server runs other tasks
     * too.
     */
    private static long statements(Server server, Api service, String path) {
        int before = server.log().length();
        assertThat(service.get(path).status()).isEqualTo(200);
        List<Matcher> statements = server.log()
                .substring(before)
                .lines()
                .map(STATEMENT::matcher)
                .filter(Matcher::find)
                .toList();
        String thread = statements.stream()
                .filter(statement -> statement.group(2).contains("USER_GROUP_MEMBERSHIP"))
                .map(statement -> statement.group(1))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No list in the log"));
        return statements.stream()
                .filter(statement -> statement.group(1).equals(thread))
                .count();
    }
}
