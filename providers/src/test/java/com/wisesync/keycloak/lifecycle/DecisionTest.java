package com.wisesync.keycloak.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.wisesync.keycloak.lifecycle.UserReader.State;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DecisionTest {

    private static final State ENABLED = state(true, true, "Uma");
    private static final State DISABLED = state(false, true, "Uma");
    private static final State OTHER_ROLE = state(false, false, "Uma");

    @Test
    void reportsAUserForTheFirstTime() {
        assertThat(first(EventType.CREATED, ENABLED)).contains(EventType.CREATED);
        assertThat(first(EventType.CREATED, DISABLED)).contains(EventType.CREATED);
        assertThat(first(EventType.RESEND, ENABLED)).contains(EventType.CREATED);
        assertThat(first(EventType.CHECK, ENABLED)).contains(EventType.ENABLED);
        assertThat(first(EventType.UPDATED, ENABLED)).contains(EventType.UPDATED);
        assertThat(first(EventType.DISABLED, DISABLED)).contains(EventType.DISABLED);
        assertThat(first(EventType.CHECK, DISABLED)).isEmpty();
    }

    @Test
    void reportsNoUserWhoseRoleMayNotEnter() {
        for (EventType type : EventType.values()) {
            assertThat(first(type, OTHER_ROLE)).isEmpty();
            assertThat(again(type, OTHER_ROLE, OTHER_ROLE)).isEmpty();
        }
    }

    @Test
    void reportsALateCreation() {
        assertThat(Decision.decide(EventType.CHECK, Optional.empty(), true, ENABLED))
                .contains(EventType.CREATED);
    }

    @Test
    void reportsGainedAndLostAccessWhateverWasChanged() {
        for (EventType type : EventType.values()) {
            assertThat(again(type, ENABLED, OTHER_ROLE)).contains(EventType.DISABLED);
            assertThat(again(type, ENABLED, DISABLED)).contains(EventType.DISABLED);
            assertThat(again(type, DISABLED, ENABLED)).contains(EventType.ENABLED);
        }
    }

    @Test
    void reportsACheckOnlyIfSomethingDiffers() {
        assertThat(again(EventType.CHECK, ENABLED, ENABLED)).isEmpty();
        assertThat(again(EventType.ENABLED, ENABLED, ENABLED)).isEmpty();
        assertThat(again(EventType.CHECK, ENABLED, state(true, true, "Una"))).contains(EventType.UPDATED);
        assertThat(again(EventType.CHECK, DISABLED, state(false, true, "Una"))).contains(EventType.UPDATED);
        assertThat(again(EventType.UPDATED, ENABLED, ENABLED)).contains(EventType.UPDATED);
        assertThat(again(EventType.RESEND, ENABLED, ENABLED)).contains(EventType.UPDATED);
    }

    @Test
    void joinsCreationAndUpdate() {
        assertThat(EventType.join("user.created", "user.updated")).contains("user.created");
        assertThat(EventType.join("check", "user.updated")).contains("user.updated");
        assertThat(EventType.join("user.disabled", "user.enabled")).contains("user.enabled");
        assertThat(EventType.join("user.updated", "user.deleted")).isEmpty();
        assertThat(EventType.join("user.deleted", "user.created")).isEmpty();
    }

    private static Optional<EventType> first(EventType type, State now) {
        return Decision.decide(type, Optional.empty(), false, now);
    }

    private static Optional<EventType> again(EventType type, State before, State now) {
        LifecycleEvent event = LifecycleEvent.now("1", EventType.UPDATED, before.account(), before.user());
        return Decision.decide(type, Optional.of(event), false, now);
    }

    private static State state(boolean enabled, boolean forRole, String name) {
        return new State(
                new LifecycleEvent.Account("a", "Acme"),
                new LifecycleEvent.User(
                        "u", "uma@acme.example", null, true, name, "U", enabled, "user", "listed", List.of("one")),
                forRole,
                false);
    }
}
