package com.wisesync.keycloak.wisepay;

import static org.assertj.core.api.Assertions.assertThat;

import com.wisesync.keycloak.outbox.DeliveryError;
import com.wisesync.keycloak.outbox.OutboxEntry;
import com.wisesync.keycloak.outbox.StoredEntry;
import com.wisesync.keycloak.outbox.StoredEntry.State;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeldLinksTest {

    private static final String A = "{\"id\":\"a\",\"status\":\"active\"}";
    private static final String B = "{\"id\":\"b\",\"status\":\"active\"}";

    @Test
    void addsANewLinkAndRemovesOneThatIsNotActiveAnyMore() {
        HeldLinks links =
                new HeldLinks(List.of(held("more", "uma", "[" + A + "]"), held("none", "mia", "[" + B + "]")));

        links.read(List.of(link("a", "uma"), link("x", "other")));
        links.read(List.of(link("b", "uma")));

        assertThat(links.changedNotes())
                .hasSize(2)
                .containsEntry("more", "[" + A + "," + B + "]")
                .containsEntry("none", "[]");
    }

    /** Wise-Pay did not answer when the entry was held. */
    @Test
    void addsLinksThatWereNotKnown() {
        HeldLinks links = new HeldLinks(List.of(held("unknown", "uma", null)));

        links.read(List.of(link("a", "uma")));

        assertThat(links.changedNotes()).containsEntry("unknown", "[" + A + "]");
    }

    @Test
    void leavesTheSameLinks() {
        HeldLinks links = new HeldLinks(List.of(held("same", "uma", "[" + A + "]")));

        links.read(List.of(link("a", "uma")));

        assertThat(links.changedNotes()).isEmpty();
    }

    private static Link link(String id, String user) {
        return new Link(id, user, null, null, null, "active");
    }

    private static StoredEntry held(String id, String user, String note) {
        Deactivation deactivation = Deactivation.now(
                Deactivation.Type.DISABLED,
                DeactivationReason.COMPARISON,
                null,
                new Deactivation.UserSnapshot(user, null, null));
        OutboxEntry entry = new OutboxEntry(
                DeactivationHandlerFactory.KIND,
                "realm",
                "owner",
                id,
                "user.disabled",
                deactivation.json(),
                0,
                0,
                false,
                Instant.EPOCH);
        DeliveryError why = DeliveryError.of("wiseSyncHeldUnknownUser");
        return new StoredEntry(entry, State.HELD, why, Instant.EPOCH, null, null, note);
    }
}
