package com.wisesync.keycloak;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.http.HttpHost;
import org.jboss.logging.Logger;
import org.keycloak.Config;
import org.keycloak.connections.httpclient.ProxyMappings;

/**
 * Chooses the proxy for an outgoing HTTP request by the settings of Keycloak's own HTTP client: the option
 * {@code spi-connections-http-client--default--proxy-mappings}, otherwise the environment variables {@code https_proxy},
 * {@code http_proxy} and {@code no_proxy} (DefaultHttpClientFactory of 26.7.4). Loopback addresses are called directly. A proxy
 * that asks for credentials is not supported.
 */
public final class OutboundProxy extends ProxySelector {

    private static final Logger LOG = Logger.getLogger(OutboundProxy.class);
    private static final int DEFAULT_PORT = 80;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final ProxyMappings mappings;

    OutboundProxy(ProxyMappings mappings) {
        this.mappings = mappings;
    }

    /** Reads the settings; to be called when the server's configuration is available. */
    public static OutboundProxy ofKeycloak() {
        String[] option = Config.scope("connectionsHttpClient", "default").getArray("proxy-mappings");
        if (option != null && option.length > 0) {
            return new OutboundProxy(ProxyMappings.valueOf(option));
        }
        return new OutboundProxy(Stream.of("https_proxy", "http_proxy")
                .flatMap(name -> environment(name).stream())
                .findFirst()
                .map(proxy -> ProxyMappings.withFixedProxyMapping(
                        proxy, environment("no_proxy").orElse(null)))
                .orElseGet(() -> new ProxyMappings(List.of())));
    }

    @Override
    public List<Proxy> select(URI uri) {
        String target = uri.getHost();
        if (mappings.isEmpty() || LOOPBACK.contains(target)) {
            return List.of(Proxy.NO_PROXY);
        }
        HttpHost host = mappings.getProxyFor(target).getProxyHost();
        if (host == null) {
            return List.of(Proxy.NO_PROXY);
        }
        int port = host.getPort() < 0 ? DEFAULT_PORT : host.getPort();
        return List.of(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host.getHostName(), port)));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress proxy, IOException failure) {
        LOG.debugf(failure, "The proxy %s cannot be reached", proxy);
    }

    private static Optional<String> environment(String name) {
        return Stream.of(name, name.toUpperCase(Locale.ROOT))
                .map(System::getenv)
                .filter(value -> value != null && !value.isBlank())
                .findFirst();
    }
}
