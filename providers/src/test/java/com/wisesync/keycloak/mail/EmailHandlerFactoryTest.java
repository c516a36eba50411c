package com.wisesync.keycloak.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EmailHandlerFactoryTest {

    @Test
    void theStateOfAnInvitationIsKept() {
        assertThat(new EmailHandlerFactory().keptTypes())
                .containsExactlyInAnyOrder(Emails.INVITATION, Emails.REVOCATION);
    }
}
