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
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Test
    void everyUserArrivesThoughTheServerIsKilledAndTheReceiverIsDown() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
                Lane lane = Lane.open(postgres, Distribution.oursOnPostgres(), "events", 1, 1)) {
            String account = accountWithUsers(lane);
            lane.wisePay().knows(DemoVault.LIFECYCLE_SECRET);
            lane.wisePay().answerAfter(Duration.ofMillis(50));

            switchOn(lane);
            await().atMost(PATIENCE).until(() -> lane.wisePay().received().size() > USERS / 4);
            lane.server().kill();
            lane.startAgain();
            awaitNothingWaits(lane);

            Map<String, Set<String>> sent = messagesByUser(lane);
            assertThat(sent).hasSizeGreaterThanOrEqualTo(USERS);
            assertThat(sent.values())
                    .allSatisfy(messages -> assertThat(messages).hasSize(1));

            lane.wisePay().forget();
            lane.wisePay().become(Health.REFUSED);
            rename(lane, account);
            await().atMost(PATIENCE).until(() -> waiting(lane, "lifecycle") == USERS);
            lane.server().kill();
            lane.wisePay().become(Health.WELL);
            lane.startAgain();
            awaitNothingWaits(lane);

            Map<String, Set<String>> renamed = messagesByUser(lane);
            assertThat(renamed).hasSize(USERS);
            assertThat(renamed.values())
                    .allSatisfy(messages -> assertThat(messages).hasSize(1));
            assertThat(lane.wisePay().unverified()).isZero();
        }
    }

    private static String accountWithUsers(Lane lane) {
        String account = lane.staff()
                .post("/accounts", Map.of("name", "Many", "psa", "other", "twoFactorMode", "required", "enabled", true))
                .createdId();
        assertThat(lane.staff()
                        .put("/accounts/%s/companies/one".formatted(account), Map.of("name", "One", "package", "xero"))
                        .status())
                .isLessThan(300);
        String rows = IntStream.range(0, USERS)
                .mapToObj("merchant-user,,First,Last,many-%d@test.example,,"::formatted)
                .collect(Collectors.joining(
                        "\r\n", "role,companies,firstName,lastName,email,username,password\r\n", ""));
        Answer imported = lane.staff()
                .send("POST", "/accounts/%s/users/import".formatted(account), rows, "Content-Type", "text/csv");
        assertThat(imported.status()).as(imported.text()).isEqualTo(200);
        return account;
    }

    private static void switchOn(Lane lane) {
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
                        "http://localhost:%d/events".formatted(lane.wisePay().port()),
                        "wise-sync.lifecycle.secret",
                        "${vault.lifecycle-wise-pay}"));
        assertThat(lane.admin().post("/clients", client).status()).isEqualTo(201);
    }

    private static void rename(Lane lane, String account) {
        Answer renamed = lane.staff()
                .put(
                        "/accounts/" + account,
                        Map.of("name", "Renamed", "psa", "other", "twoFactorMode", "required", "enabled", true));
        assertThat(renamed.status()).as(renamed.text()).isLessThan(300);
    }

    private static void awaitNothingWaits(Lane lane) {
        await().atMost(PATIENCE).until(() -> waiting(lane, "lifecycle") == 0 && waiting(lane, "lifecycle-pages") == 0);
    }

    private static long waiting(Lane lane, String kind) {
        return lane.number(
                "SELECT COUNT(*) FROM outbox_entry WHERE entry_kind = '%s' AND status = 'PENDING'".formatted(kind));
    }

    private static Map<String, Set<String>> messagesByUser(Lane lane) {
        Map<String, Set<String>> messages = new LinkedHashMap<>();
        for (Received received : lane.wisePay().received()) {
            messages.computeIfAbsent(received.user(), user -> new LinkedHashSet<>())
                    .add(received.id());
        }
        return messages;
    }
}
