package com.wisesync.keycloak.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import com.wisesync.keycloak.outbox.NewEntry;
import com.wisesync.keycloak.outbox.OutboxEntry;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.LogoutToken;

class SessionEntryTest {

    @Test
    void aRowIsReadAsItWasWritten() {
        SessionEntry read = SessionEntry.of(stored(SessionEntry.endOthers("realm", "user", 17, "session")));

        assertThat(read).isEqualTo(new SessionEntry(SessionEntry.Type.END, 17, "session", null, null));
    }

    @Test
    void aRowAboutMembersContinuesAfterTheLastOne() {
        SessionEntry first = SessionEntry.of(stored(SessionEntry.endMembers("realm", "account", 17)));

        assertThat(SessionEntry.of(stored(first.from("member").entry("realm", "account"))))
                .isEqualTo(new SessionEntry(SessionEntry.Type.END_MEMBERS, 17, null, "member", null));
    }

    @Test
    void tokensOfTheSameSecondAreRefused() {
        assertThat(Sessions.notBefore(17)).isEqualTo(18);
    }

    @Test
    void aLogoutTokenHasTheValuesOfTheRowAndIsValidForTwoMinutes() {
        ApplicationLogout logout = new ApplicationLogout("client", "sid", "https://issuer", "sub", true, null);
        NewEntry entry = new NewEntry(ApplicationLogout.KIND, "realm", "client/1", "logout", logout.json());

        assertThat(ApplicationLogout.of(stored(entry))).isEqualTo(logout);
        LogoutToken token = logout.token("client-id");
        assertThat(token.getSid()).isEqualTo("sid");
        assertThat(token.getSubject()).isEqualTo("sub");
        assertThat(token.getIssuer()).isEqualTo("https://issuer");
        assertThat(token.getAudience()).containsExactly("client-id");
        assertThat(token.getExp() - token.getIat()).isEqualTo(120);
        assertThat(token.getEvents())
                .containsOnlyKeys("http://schemas.openid.net/event/backchannel-logout", "revoke_offline_access");
    }

    @Test
    void ordinaryOwnersAreIds() {
        NewEntry entry = SessionEntry.check("realm", "user");

        assertThat(entry.ownerId()).isEqualTo("user");
        assertThat(entry.payload()).doesNotContain("user");
        assertThat(SessionEntry.of(stored(entry)).userId(stored(entry))).isEqualTo("user");
        assertThat(ApplicationLogouts.lane("client", "session")).matches("client/[0-3]");
    }

    /** The id of a federated user contains their name in the directory; the alias of an identity provider has no limit here. */
    @Test
    void longOwnersAreHashed() {
        String id = "f:" + "8d0c5a3e-5d0c-4c1e-9f0b-2f7f6f6f0a01:" + "u".repeat(100);
        NewEntry entry = SessionEntry.end("realm", id, 17);

        assertThat(entry.ownerId()).hasSize(64);
        assertThat(SessionEntry.of(stored(entry)).userId(stored(entry))).isEqualTo(id);
        assertThat(ApplicationLogouts.lane("a".repeat(100), "session"))
                .hasSize(64)
                .isNotEqualTo(ApplicationLogouts.lane("b".repeat(100), "session"));
    }

    /** During a rolling update, a node reads what a newer one wrote. */
    @Test
    void readsWhatANewerVersionWrites() {
        assertThat(SessionEntry.of(written("{\"type\":\"END\",\"cutoff\":17,\"new\":1}"))
                        .cutoff())
                .isEqualTo(17);
        assertThat(ApplicationLogout.of(written("{\"client\":\"c\",\"new\":1}")).client())
                .isEqualTo("c");
        assertThat(ProviderLogout.of(written("{\"provider\":\"p\",\"new\":1}")).provider())
                .isEqualTo("p");
    }

    private static OutboxEntry written(String payload) {
        return stored(new NewEntry("kind", "realm", "owner", "type", payload));
    }

    private static OutboxEntry stored(NewEntry entry) {
        return new OutboxEntry(
                entry.kind(),
                entry.realmId(),
                entry.ownerId(),
                entry.id(),
                entry.type(),
                entry.payload(),
                0,
                0,
                false,
                Instant.EPOCH);
    }
}
