package com.wisesync.keycloak.lifecycle;

import java.util.Optional;
import java.util.stream.Stream;

/** Decides what an entry reports, from the state of the user now and the event before. */
final class Decision {

    private Decision() {}

    /**
     * Decides.
     *
     * @param wanted the type with which the entry was written
     * @param before the event before that the application has received
     * @param failed the newest event since then that failed: the application may have received it, if only its answer was lost
     * @param unreported whether the user was created, and no event could be sent because role or account were missing
     * @return empty if there is nothing to report
     */
    static Optional<EventType> decide(
            EventType wanted,
            Optional<LifecycleEvent> before,
            Optional<LifecycleEvent> failed,
            boolean unreported,
            UserReader.State now) {
        Optional<LifecycleEvent> known = before.filter(event -> event.type() != EventType.DELETED);
        if (known.isPresent()) {
            return again(wanted, known.get(), failed, now);
        }
        if (failed.isPresent() && !now.forRole()) {
            return Optional.of(EventType.DISABLED)
                    .filter(type -> failed.get().user().enabled());
        }
        return first(wanted, unreported || failed.isPresent(), now);
    }

    private static Optional<EventType> first(EventType wanted, boolean unreported, UserReader.State now) {
        if (!now.forRole()) {
            return Optional.empty();
        }
        if (unreported || wanted == EventType.CREATED || wanted == EventType.RESEND) {
            return Optional.of(EventType.CREATED);
        }
        if (now.user().enabled()) {
            return Optional.of(wanted == EventType.UPDATED ? EventType.UPDATED : EventType.ENABLED);
        }
        return Optional.of(wanted).filter(EventType.DISABLED::equals);
    }

    private static Optional<EventType> again(
            EventType wanted, LifecycleEvent before, Optional<LifecycleEvent> failed, UserReader.State now) {
        boolean enabled = now.user().enabled();
        if (Stream.concat(Stream.of(before), failed.stream())
                .anyMatch(event -> event.user().enabled() != enabled)) {
            return Optional.of(enabled ? EventType.ENABLED : EventType.DISABLED);
        }
        boolean isForClient = enabled || now.forRole();
        boolean send = wanted.isUnconditional() || failed.isPresent() || !before.isAbout(now.account(), now.user());
        return isForClient && send ? Optional.of(EventType.UPDATED) : Optional.empty();
    }
}
