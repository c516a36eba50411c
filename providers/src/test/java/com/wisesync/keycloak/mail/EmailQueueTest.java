package com.wisesync.keycloak.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class EmailQueueTest {

    private static final String USER = UUID.randomUUID().toString();
    private static final String FEDERATED = "f:" + UUID.randomUUID() + ":" + "long.name".repeat(20);

    @Test
    void everyQueueFitsIntoTheOwnerOfAnEntry() {
        for (String user : new String[] {USER, FEDERATED}) {
            assertThat(EmailQueue.ofInvitations(user)).hasSizeLessThanOrEqualTo(64);
            assertThat(EmailQueue.ofPasswordLinks(user)).hasSizeLessThanOrEqualTo(64);
            assertThat(EmailQueue.ofNotices(user, "a".repeat(64) + "@test.example"))
                    .hasSizeLessThanOrEqualTo(64);
        }
        assertThat(EmailQueue.ofRequests(null)).hasSizeLessThanOrEqualTo(64);
    }

    /** A notice to an address that does not exist must not hold up an invitation, a link, or a notice to the new address. */
    @Test
    void theKindsOfEmailAndTheRecipientsOfNoticesDoNotWaitForEachOther() {
        assertThat(new String[] {
                    EmailQueue.ofInvitations(USER),
                    EmailQueue.ofPasswordLinks(USER),
                    EmailQueue.ofNotices(USER, "old@test.example"),
                    EmailQueue.ofNotices(USER, "new@test.example")
                })
                .doesNotHaveDuplicates();
    }

    /** The filter of invited users builds it in the database. */
    @Test
    void theQueueOfInvitationsIsThePrefixAndTheUsersId() {
        assertThat(EmailQueue.ofInvitations(USER)).isEqualTo(Invitations.QUEUE + USER);
    }
}
