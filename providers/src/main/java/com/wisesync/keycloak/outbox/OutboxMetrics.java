package com.wisesync.keycloak.outbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One kind's entries on Keycloak's {@code /metrics}: Quarkus adds its registry to Micrometer's global one. */
final class OutboxMetrics {

    private static final String KIND = "kind";

    private final MeterRegistry registry = Metrics.globalRegistry;
    private final List<Meter> gauges = new ArrayList<>();
    private final String kind;

    OutboxMetrics(String kind, Stock stock) {
        this.kind = kind;
        for (WrittenEntry.State state : WrittenEntry.State.values()) {
            gauges.add(Gauge.builder(
                            "wise_sync_outbox_entries", stock, s -> s.counts().entries(state))
                    .description("Entries in the outbox")
                    .tags(KIND, kind, "state", state.id())
                    .register(registry));
        }
        gauges.add(Gauge.builder(
                        "wise_sync_outbox_oldest_seconds",
                        stock,
                        s -> s.counts().oldestSeconds())
                .description("Age of the oldest entry that waits")
                .tags(KIND, kind)
                .register(registry));
    }

    void attempted(DeliveryResult.Outcome outcome, Duration duration) {
        Timer.builder("wise_sync_outbox_attempts")
                .description("Attempts to deliver an entry, and how long they took")
                .tags(KIND, kind, "outcome", outcome.name().toLowerCase(Locale.ROOT))
                .register(registry)
                .record(duration);
    }

    void close() {
        gauges.forEach(registry::remove);
    }
}
