package com.wisesync.keycloak.wisepay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.DemoVault;
import com.wisesync.keycloak.testing.Distribution;
import com.wisesync.keycloak.wisepay.FaultyWisePay.Health;
import com.wisesync.keycloak.wisepay.FaultyWisePay.Received;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Lifecycle events about all users of a realm, in several pages, while the server is killed and the receiver is down. */
@Tag("full")
class EveryUserSentIT {

    private static final int USERS = 450;
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    @Test
    void everyUserArrivesThoughTheServerIsKilledAndTheReceiverIsDown() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
                FaultTestServer server =
                        FaultTestServer.open(postgres, Distribution.withExtensionOnPostgres(), "events", 1, 1)) {
            String account = accountWithUsers(server);
            server.wisePay().verifyWith(DemoVault.LIFECYCLE_SECRET);
            server.wisePay().delayAnswers(Duration.ofMillis(50));

            switchOn(server);
            await().atMost(TIMEOUT).until(() -> server.wisePay().received().size() > USERS / 4);
            server.process().kill();
            server.startAgain();
            awaitNothingPending(server);

            Map<String, Set<String>> sent = messagesByUser(server);
            assertThat(sent).hasSizeGreaterThanOrEqualTo(USERS);
            assertThat(sent.values())
                    .allSatisfy(messages -> assertThat(messages).hasSize(1));

            server.wisePay().forget();
            server.wisePay().simulate(Health.REFUSED);
            rename(server, account);
            await().atMost(TIMEOUT).until(() -> waiting(server, "lifecycle") == USERS);
            server.process().kill();
            server.wisePay().simulate(Health.WELL);
            server.startAgain();
            awaitNothingPending(server);

            Map<String, Set<String>> renamed = messagesByUser(server);
            assertThat(renamed).hasSize(USERS);
            assertThat(renamed.values())
                    .allSatisfy(messages -> assertThat(messages).hasSize(1));
            assertThat(server.wisePay().unverified()).isZero();
        }
    }

    private static String accountWithUsers(FaultTestServer server) {
        String account = server.staff()
                .post("/accounts", Map.of("name", "Many", "psa", "other", "twoFactorMode", "required", "enabled", true))
                .createdId();
        assertThat(server.staff()
                        .put("/accounts/%s/companies/one".formatted(account), Map.of("name", "One", "package", "xero"))
                        .status())
                .isLessThan(300);
        String rows = IntStream.range(0, USERS)
                .mapToObj("merchant-user,,First,Last,many-%d@test.example,,"::formatted)
                .collect(Collectors.joining(
                        "\r\n", "role,companies,firstName,lastName,email,username,password\r\n", ""));
        Answer imported = server.staff()
                .send("POST", "/accounts/%s/users/import".formatted(account), rows, "Content-Type", "text/csv");
        assertThat(imported.status()).as(imported.text()).isEqualTo(200);
        return account;
    }

    private static void switchOn(FaultTestServer server) {
        Map<String, Object> client = Map.of(
                "clientId",
                "receiver",
                "protocol",
                "openid-connect",
                "defaultClientScopes",
                List.of("wise-sync"),
                "attributes",
                Map.of(
                        "wise-sync.lifecycle.url",
                        "http://localhost:%d/events".formatted(server.wisePay().port()),
                        "wise-sync.lifecycle.secret",
                        "${vault.lifecycle-wise-pay}"));
        assertThat(server.admin().post("/clients", client).status()).isEqualTo(201);
    }

    private static void rename(FaultTestServer server, String account) {
        Answer renamed = server.staff()
                .put(
                        "/accounts/" + account,
                        Map.of("name", "Renamed", "psa", "other", "twoFactorMode", "required", "enabled", true));
        assertThat(renamed.status()).as(renamed.text()).isLessThan(300);
    }

    private static void awaitNothingPending(FaultTestServer server) {
        await().atMost(TIMEOUT)
                .until(() -> waiting(server, "lifecycle") == 0 && waiting(server, "lifecycle-pages") == 0);
    }

    private static long waiting(FaultTestServer server, String kind) {
        return server.number(
                "SELECT COUNT(*) FROM outbox_entry WHERE entry_kind = '%s' AND status = 'PENDING'".formatted(kind));
    }

    private static Map<String, Set<String>> messagesByUser(FaultTestServer server) {
        Map<String, Set<String>> messages = new LinkedHashMap<>();
        for (Received received : server.wisePay().received()) {
            messages.computeIfAbsent(received.user(), user -> new LinkedHashSet<>())
                    .add(received.id());
        }
        return messages;
    }
}
