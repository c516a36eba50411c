package com.wisesync.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.keycloak.connections.httpclient.ProxyMappings;

class OutboundProxyTest {

    // How Keycloak reads an option when no server has configured it.
    private static final String OPTION = "keycloak.connectionsHttpClient.default.proxy-mappings";

    @AfterEach
    void forget() {
        System.clearProperty(OPTION);
        ProxyMappings.clearCache();
    }

    @Test
    void requestsGoThroughTheProxyOfTheirHost() {
        OutboundProxy proxies = new OutboundProxy(
                ProxyMappings.valueOf(".*\\.internal;NO_PROXY", ".*\\.example;http://proxy.example:3128"));

        assertThat(proxies.select(URI.create("https://pay.example/links")))
                .containsExactly(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("proxy.example", 3128)));
        assertThat(proxies.select(URI.create("https://pay.internal/links"))).containsExactly(Proxy.NO_PROXY);
        assertThat(proxies.select(URI.create("https://elsewhere.test/"))).containsExactly(Proxy.NO_PROXY);
    }

    @Test
    void loopbackAddressesAreCalledDirectly() {
        OutboundProxy proxies = new OutboundProxy(ProxyMappings.valueOf(".*;http://proxy.example:3128"));

        assertThat(proxies.select(URI.create("http://localhost:8090/links"))).containsExactly(Proxy.NO_PROXY);
        assertThat(proxies.select(URI.create("http://[::1]:8090/links"))).containsExactly(Proxy.NO_PROXY);
    }

    @Test
    void aProxyWithoutPortIsOnPort80() {
        OutboundProxy proxies = new OutboundProxy(ProxyMappings.valueOf(".*;http://proxy.example"));

        assertThat(proxies.select(URI.create("http://pay.example/")))
                .containsExactly(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("proxy.example", 80)));
    }

    @Test
    void keycloaksOptionIsRead() {
        System.setProperty(OPTION, ".*;http://proxy.example:3128");

        assertThat(OutboundProxy.ofKeycloak().select(URI.create("https://pay.example/")))
                .extracting(Proxy::type)
                .containsExactly(Proxy.Type.HTTP);
    }
}
