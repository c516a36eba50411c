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
        assertThat(Decision.decide(EventType.CHECK, Optional.empty(), Optional.empty(), true, ENABLED))
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

    /** The application may have received the failed event, or not. */
    @Test
    void reportsTheUserAfterAFailedEventInAnyCase() {
        assertThat(afterFailure(ENABLED, DISABLED, ENABLED)).contains(EventType.ENABLED);
        assertThat(afterFailure(ENABLED, DISABLED, DISABLED)).contains(EventType.DISABLED);
        assertThat(afterFailure(ENABLED, state(true, true, "Una"), ENABLED)).contains(EventType.UPDATED);
        assertThat(firstAfterFailure(EventType.UPDATED, ENABLED, ENABLED)).contains(EventType.CREATED);
        assertThat(firstAfterFailure(EventType.CHECK, ENABLED, DISABLED)).contains(EventType.CREATED);
        assertThat(firstAfterFailure(EventType.CHECK, ENABLED, OTHER_ROLE)).contains(EventType.DISABLED);
        assertThat(firstAfterFailure(EventType.CHECK, OTHER_ROLE, OTHER_ROLE)).isEmpty();
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
        return Decision.decide(type, Optional.empty(), Optional.empty(), false, now);
    }

    private static Optional<EventType> again(EventType type, State before, State now) {
        return Decision.decide(type, Optional.of(event(before)), Optional.empty(), false, now);
    }

    private static Optional<EventType> afterFailure(State before, State failed, State now) {
        return Decision.decide(EventType.CHECK, Optional.of(event(before)), Optional.of(event(failed)), false, now);
    }

    private static Optional<EventType> firstAfterFailure(EventType type, State failed, State now) {
        return Decision.decide(type, Optional.empty(), Optional.of(event(failed)), false, now);
    }

    private static LifecycleEvent event(State state) {
        return LifecycleEvent.now("1", EventType.UPDATED, state.account(), state.user());
    }

    private static State state(boolean enabled, boolean forRole, String name) {
        return new State(
                new LifecycleEvent.EventAccount("a", "Acme"),
                new LifecycleEvent.EventUser(
                        "u", "uma@acme.example", null, true, name, "U", enabled, "user", "listed", List.of("one")),
                forRole,
                false);
    }
}
