package com.wisesync.keycloak.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Keeps the latest exchanges of Wise-Pay's calls, and of lifecycle events, so that a test can compare them with the contract. */
final class Recorder extends Filter {

    private static final int KEPT = 1000;

    /** An import of 5,000 users sends as many events. */
    private static final int KEPT_EVENTS = 20_000;

    private final Deque<Exchange> exchanges = new ArrayDeque<>();
    private final Deque<Exchange> events = new ArrayDeque<>();

    @Override
    public String description() {
        return "records exchanges";
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        byte[] request = exchange.getRequestBody().readNBytes(WisePaySimulator.LARGEST_BODY + 1);
        ByteArrayOutputStream response = new ByteArrayOutputStream();
        // The original stream exists once the headers are sent.
        OutputStream copying = new FilterOutputStream(exchange.getResponseBody()) {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                response.write(bytes, from, length);
                out.write(bytes, from, length);
            }
        };
        exchange.setStreams(new ByteArrayInputStream(request), copying);
        chain.doFilter(exchange);
        add(new Exchange(
                exchange.getRequestMethod(),
                exchange.getRequestURI(),
                lowerCase(exchange.getRequestHeaders()),
                new String(request, UTF_8),
                exchange.getResponseCode(),
                lowerCase(exchange.getResponseHeaders()),
                response.toString(UTF_8)));
    }

    synchronized List<Exchange> exchanges() {
        return List.copyOf(exchanges);
    }

    synchronized List<Exchange> events() {
        return List.copyOf(events);
    }

    private synchronized void add(Exchange exchange) {
        boolean isEvent = exchange.uri().getPath().equals("/demo/events");
        Deque<Exchange> kept = isEvent ? events : exchanges;
        if (kept.size() == (isEvent ? KEPT_EVENTS : KEPT)) {
            kept.removeFirst();
        }
        kept.addLast(exchange);
    }

    private static Map<String, List<String>> lowerCase(Headers headers) {
        return headers.entrySet().stream()
                .collect(Collectors.toMap(header -> header.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
    }
}
