package com.wisesync.keycloak.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CallTest {

    /** A changed email or username needs one too, which only {@code UserEditing} can detect. */
    @Test
    void callsThatCouldTakeOverAUserNeedARecentLogin() {
        assertThat(Arrays.stream(Call.values()).filter(Call::needsStepUp))
                .containsExactlyInAnyOrder(
                        Call.SET_PASSWORD,
                        Call.DELETE_TWO_FACTOR,
                        Call.END_SESSIONS,
                        Call.PUT_AUTOTASK_ACCOUNT,
                        Call.DELETE_AUTOTASK_ACCOUNT,
                        Call.UPDATE_SCIM,
                        Call.CREATE_SCIM_TOKEN,
                        Call.REVOKE_SCIM_TOKEN,
                        Call.LINK_SCIM_USER,
                        Call.UNLINK_SCIM_USER);
    }
}
