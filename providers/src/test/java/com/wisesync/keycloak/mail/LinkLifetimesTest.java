package com.wisesync.keycloak.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.models.RealmModel;

class LinkLifetimesTest {

    private final RealmModel realm = mock();

    @ParameterizedTest
    @CsvSource({"604800, 604800", "2592000, 2592000", "2592001, 2592000", "31536000, 2592000"})
    void noLinkIsValidForLongerThanItsUseIsRemembered(int set, int valid) {
        when(realm.getAttribute(eq(LinkLifetimes.INVITATION), anyInt())).thenReturn(set);
        when(realm.getActionTokenGeneratedByUserLifespan("reset-credentials")).thenReturn(set);
        when(realm.getActionTokenGeneratedByAdminLifespan()).thenReturn(set);

        assertThat(LinkLifetimes.ofInvitation(realm)).isEqualTo(Duration.ofSeconds(valid));
        assertThat(LinkLifetimes.ofPasswordLink(realm, true)).isEqualTo(Duration.ofSeconds(valid));
        assertThat(LinkLifetimes.ofPasswordLink(realm, false)).isEqualTo(Duration.ofSeconds(valid));
    }
}
