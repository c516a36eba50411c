package com.wisesync.keycloak.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wisesync.keycloak.Refusal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallerTest {

    /** Keycloak or the database would fail on them. */
    @ParameterizedTest
    @ValueSource(strings = {"f:", "f:broken", "a\u0000b"})
    void doesNotSearchForIdsThatEndASearchWithAnError(String id) {
        assertThatThrownBy(() -> Caller.searchable(id)).isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"8d0c5a3e-5d0c-4c1e-9f0b-2f7f6f6f0a01", "f:ldap:uma", "broken"})
    void searchesForOthers(String id) {
        assertThat(Caller.searchable(id)).isEqualTo(id);
    }
}
