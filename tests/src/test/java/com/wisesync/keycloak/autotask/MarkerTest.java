package com.wisesync.keycloak.autotask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Proves that the search finds what it searches for. */
class MarkerTest {

    private final Marker marker = Marker.random();

    @Test
    void findsAPlainAndAnEncodedMarkerAtAnyPosition() {
        for (String before : new String[] {"", "a", "ab", "abc", "{\"password\":\""}) {
            byte[] text = (before + marker.password() + "\"} and more").getBytes(UTF_8);

            assertThat(marker.isIn(new String(text, UTF_8))).isTrue();
            assertThat(marker.isIn(Base64.getEncoder().encodeToString(text))).isTrue();
            assertThat(marker.isIn(Base64.getUrlEncoder().encodeToString(text))).isTrue();
            assertThat(marker.isIn(HexFormat.of().formatHex(text))).isTrue();
        }
    }

    @Test
    void findsNoMarkerInOtherText() {
        assertThat(marker.isIn(Marker.random().password())).isFalse();
        assertThat(marker.isIn("marker-")).isFalse();
    }
}
