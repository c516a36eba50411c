package com.wisesync.keycloak.wisepay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.wisesync.keycloak.simulator.Exchange;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The server calls Wise-Pay as the contract says. */
class ContractIT {

    private final Testbed testbed = Testbed.get();

    @Test
    void everyCallConformsToTheContract() {
        Contract contract = Contract.read();
        Person user = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        testbed.wisePay().addOneOfEach(user.id());
        String path = "/accounts/%s/users/%s".formatted(DemoAccounts.ACME, user.id());

        assertThat(testbed.serviceApi().get(path + "/wise-pay-links").status()).isEqualTo(200);
        assertThat(testbed.serviceApi().post(path + "/disable", null).status()).isEqualTo(204);
        await().until(() -> !testbed.wisePay().deactivationsOf(user.id()).isEmpty());

        // Includes the exchanges of earlier tests.
        List<Exchange> exchanges = testbed.wisePay().exchanges().stream()
                .filter(exchange -> exchange.uri().getPath().startsWith("/v1/"))
                .toList();
        assertThat(exchanges)
                .extracting(exchange -> exchange.method() + " " + exchange.uri().getPath())
                .contains("GET /v1/links", "POST /v1/link-deactivations");
        assertThat(exchanges)
                .allSatisfy(exchange ->
                        assertThat(contract.requestViolations(exchange)).isEmpty());
    }
}
