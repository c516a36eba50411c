package com.wisesync.keycloak.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CallTest {

    /** A changed e-mail address or username does too; that is seen only from the change, in {@code UserChanges}. */
    @Test
    void whatTakesSomebodyOverNeedsARecentLogin() {
        assertThat(Arrays.stream(Call.values()).filter(Call::needsStepUp))
                .containsExactlyInAnyOrder(
                        Call.SET_PASSWORD,
                        Call.DELETE_TWO_FACTOR,
                        Call.PUT_AUTOTASK_ACCOUNT,
                        Call.DELETE_AUTOTASK_ACCOUNT);
    }
}
