package com.wisesync.keycloak.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.Config;

class ScimApiFactoryTest {

    @Test
    void acceptsOneRequestPerMinuteOrMore() {
        assertThat(ScimApiFactory.perMinute(scope(1))).isEqualTo(1);
        assertThat(ScimApiFactory.perMinute(scope(100_000))).isEqualTo(100_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void aLimitThatRefusesEveryRequestStopsTheStart(int perMinute) {
        assertThatThrownBy(() -> new ScimApiFactory().init(scope(perMinute)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "The option spi-realm-restapi-extension--wise-sync--scim-requests-per-minute must be 1 or more");
    }

    private static Config.Scope scope(int perMinute) {
        Config.Scope scope = mock(Config.Scope.class);
        when(scope.getInt(eq("scim-requests-per-minute"), any())).thenReturn(perMinute);
        return scope;
    }
}
