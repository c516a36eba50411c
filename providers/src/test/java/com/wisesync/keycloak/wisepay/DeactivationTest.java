package com.wisesync.keycloak.wisepay;

import static org.assertj.core.api.Assertions.assertThat;

import com.wisesync.keycloak.wisepay.Deactivation.AccountSnapshot;
import com.wisesync.keycloak.wisepay.Deactivation.UserSnapshot;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DeactivationTest {

    private static final UserSnapshot UMA = new UserSnapshot("1", "uma", "uma@acme.example");

    @Test
    void readsWhatItWrites() {
        Deactivation deactivation = Deactivation.now(
                Deactivation.Type.DELETED, DeactivationReason.SCIM, new AccountSnapshot("2", "Acme"), UMA);

        assertThat(Deactivation.parse(deactivation.json())).isEqualTo(deactivation);
        assertThat(deactivation.json()).contains("\"type\":\"user.deleted\"").contains("\"reason\":\"scim\"");
    }

    /** During a rolling update, a node reads what a newer one wrote. */
    @Test
    void readsWhatANewerVersionWrites() {
        Deactivation read = Deactivation.parse("{\"id\":\"1\",\"type\":\"user.disabled\",\"reason\":\"new\",\"new\":1,"
                + "\"account\":{\"id\":\"2\",\"new\":1},\"user\":{\"id\":\"3\",\"new\":1}}");

        assertThat(read.reason()).isEqualTo(DeactivationReason.UNKNOWN);
        assertThat(read.user().id()).isEqualTo("3");
    }

    @Test
    void omitsAMissingAccount() {
        assertThat(Deactivation.now(Deactivation.Type.DISABLED, DeactivationReason.ADMIN, null, UMA)
                        .json())
                .doesNotContain("account");
    }

    @Test
    void formatsTimesThatSortAsText() {
        assertThat(Stream.generate(
                                () -> Deactivation.now(Deactivation.Type.DISABLED, DeactivationReason.ADMIN, null, UMA))
                        .limit(10_000))
                .extracting(Deactivation::occurredAt)
                .allMatch(moment -> moment.matches("[0-9-]{10}T[0-9:]{8}\\.[0-9]{3}Z"));
    }
}
