package com.wisesync.keycloak.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.KeycloakSession;
import org.keycloak.vault.VaultStringSecret;

class VaultSecretTest {

    private static final String REFERENCE = "${vault.wise-pay-api-key}";

    @ParameterizedTest
    @ValueSource(strings = {"the-key", "the-key\n", "  the-key\r\n"})
    void readsAKeyWithoutTheLineBreakAtTheEndOfAFile(String content) throws Exception {
        assertThat(VaultSecret.apiKey(REFERENCE, vaultWith(content))).isEqualTo("the-key");
    }

    /** The HTTP client would throw an exception whose text contains the key. */
    @ParameterizedTest
    @ValueSource(strings = {"the-key\nsecond-line", "the-key\tx", "the-key\u0000", "the-key \u00e4", "the-key two"})
    void refusesAKeyThatIsNoHeaderWithoutShowingIt(String content) {
        assertThatThrownBy(() -> VaultSecret.apiKey(REFERENCE, vaultWith(content)))
                .isInstanceOf(UnusableSecretException.class)
                .hasMessageContaining(REFERENCE)
                .hasMessageNotContaining("the-key")
                .satisfies(e -> assertThat(((UnusableSecretException) e).error().toString())
                        .doesNotContain("the-key"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"whsec_c2hvcnQ=", "whsec_***", "whsec_dGhlLW5leHQtc2VjcmV0LW9mLXdpc2UtcGF5LS0tLS0=\nx"})
    void refusesAWebhookSecretWithoutShowingIt(String content) {
        assertThatThrownBy(() -> VaultSecret.webhookSecrets(REFERENCE, vaultWith(content)))
                .isInstanceOf(UnusableSecretException.class)
                .hasMessageNotContaining("whsec_c2")
                .hasMessageNotContaining("dGhl")
                .hasMessageNotContaining("***");
    }

    @Test
    void namesAMissingSecret() {
        assertThatThrownBy(() -> VaultSecret.apiKey(REFERENCE, vaultWith("")))
                .isInstanceOf(UnusableSecretException.class)
                .hasMessage(REFERENCE + " is not in the vault");
    }

    /** A missing secret has to be created, an invalid one replaced. */
    @ParameterizedTest
    @CsvSource({"'',true", "'the-key two',false"})
    void distinguishesAMissingSecretFromAnInvalidOne(String content, boolean missing) {
        assertThatThrownBy(() -> VaultSecret.apiKey(REFERENCE, vaultWith(content)))
                .isInstanceOfSatisfying(
                        UnusableSecretException.class,
                        e -> assertThat(e.isMissing()).isEqualTo(missing));
    }

    private static KeycloakSession vaultWith(String content) {
        KeycloakSession session = mock(KeycloakSession.class, RETURNS_DEEP_STUBS);
        VaultStringSecret secret = mock(VaultStringSecret.class);
        when(secret.get()).thenReturn(Optional.of(content));
        when(session.vault().getStringSecret(any())).thenReturn(secret);
        return session;
    }
}
