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

/** The metrics of one kind on Keycloak's {@code /metrics}: Quarkus adds its registry to Micrometer's global one. */
final class OutboxMetrics {

    private static final String KIND = "kind";

    private final MeterRegistry registry = Metrics.globalRegistry;
    private final List<Meter> gauges = new ArrayList<>();
    private final String kind;

    OutboxMetrics(String kind, EntryCounts counts) {
        this.kind = kind;
        for (StoredEntry.State state :
                List.of(StoredEntry.State.WAITING, StoredEntry.State.HELD, StoredEntry.State.FAILED)) {
            gauges.add(Gauge.builder(
                            "wise_sync_outbox_entries", counts, s -> s.counts().entries(state))
                    .description("Entries in the outbox")
                    .tags(KIND, kind, "state", state.id())
                    .register(registry));
        }
        // Registered before the first attempt: rate() does not see the increase of a counter that appears with 1.
        for (DeliveryResult.Outcome outcome : DeliveryResult.Outcome.values()) {
            timer(outcome);
        }
        gauges.add(Gauge.builder(
                        "wise_sync_outbox_oldest_seconds",
                        counts,
                        s -> s.counts().oldestSeconds())
                .description("Age of the oldest waiting entry")
                .tags(KIND, kind)
                .register(registry));
    }

    void attempted(DeliveryResult.Outcome outcome, Duration duration) {
        timer(outcome).record(duration);
    }

    private Timer timer(DeliveryResult.Outcome outcome) {
        return Timer.builder("wise_sync_outbox_attempts")
                .description("Attempts to deliver an entry, and their duration")
                .tags(KIND, kind, "outcome", outcome.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    void close() {
        gauges.forEach(registry::remove);
    }
}
