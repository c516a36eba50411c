package com.wisesync.keycloak.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.ClientModel;

class LifecycleClientTest {

    private final ClientModel client = mock(ClientModel.class);

    @Test
    void acceptsAnHttpsAddressAndAReferenceOfItsForm() {
        when(client.getAttribute(LifecycleClient.URL)).thenReturn(" https://app.example/events?tenant=1 ");
        when(client.getAttribute(LifecycleClient.SECRET)).thenReturn("${vault.lifecycle-app}");

        assertThat(new LifecycleClient(client).url(false)).hasToString("Optional[https://app.example/events?tenant=1]");
        assertThat(new LifecycleClient(client).secret()).contains("${vault.lifecycle-app}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://app.example/events",
                "https://user:password@app.example/events",
                "https://app.example/events#part",
                "https:events",
                "ftp://app.example/events",
                "file:///etc/passwd",
                "not an address"
            })
    void refusesOtherAddresses(String url) {
        when(client.getAttribute(LifecycleClient.URL)).thenReturn(url);

        assertThat(new LifecycleClient(client).url(false)).isEmpty();
    }

    @Test
    void acceptsAnHttpAddressOnlyIfTheOperatorAllowsIt() {
        when(client.getAttribute(LifecycleClient.URL)).thenReturn("http://localhost:8090/demo/events");

        assertThat(new LifecycleClient(client).url(true)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain text",
                "${vault.wise-pay-webhook-secret}",
                "${vault.lifecycle-}",
                "${vault.lifecycle-a/b}",
                "${vault.lifecycle-a} ${vault.smtp-password}",
                "x${vault.lifecycle-a}"
            })
    void refusesOtherSecrets(String secret) {
        when(client.getAttribute(LifecycleClient.SECRET)).thenReturn(secret);

        assertThat(new LifecycleClient(client).secret()).isEmpty();
    }
}
