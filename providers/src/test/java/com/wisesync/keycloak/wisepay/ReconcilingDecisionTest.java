package com.wisesync.keycloak.wisepay;

import static org.assertj.core.api.Assertions.assertThat;

import com.wisesync.keycloak.outbox.DeliveryError;
import com.wisesync.keycloak.outbox.DeliveryResult;
import com.wisesync.keycloak.outbox.HttpAnswer;
import com.wisesync.keycloak.outbox.OutboxEntry;
import com.wisesync.keycloak.outbox.StoredEntry;
import com.wisesync.keycloak.outbox.StoredEntry.State;
import com.wisesync.keycloak.wisepay.ReconcilingDecision.Action;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ReconcilingDecisionTest {

    private static final Instant NOW = Instant.parse("2026-01-10T00:00:00Z");
    private static final Set<String> ONE_LINK = Set.of("a");
    private static final String ANSWER_WITH_A = "[{\"id\":\"a\"}]";

    @Test
    void sendsForAUserWhoIsDisabledHere() {
        assertThat(decide(true, List.of(), ONE_LINK, false)).isEqualTo(Action.SEND);
    }

    @Test
    void holdsForAUserWhoIsUnknownHere() {
        assertThat(decide(false, List.of(), ONE_LINK, false)).isEqualTo(Action.HOLD_UNKNOWN_USER);
    }

    @Test
    void sendsForAnUnknownUserWithAnEventOfTheirDeletion() {
        assertThat(decide(false, List.of(), ONE_LINK, true)).isEqualTo(Action.SEND);
    }

    @Test
    void aDetectedChangeIsEvidenceAndAnEntryOfReconcilingIsNot() {
        assertThat(decide(false, List.of(obsolete(DeactivationReason.ADMIN)), ONE_LINK, false))
                .isEqualTo(Action.SEND);
        assertThat(decide(false, List.of(obsolete(DeactivationReason.COMPARISON)), ONE_LINK, false))
                .isEqualTo(Action.HOLD_UNKNOWN_USER);
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"WAITING", "HELD", "DISMISSED"})
    void ignoresUsersWithAnOpenOrDismissedEntry(State state) {
        assertThat(decide(true, List.of(entry(state, null, 0, Duration.ofDays(9))), ONE_LINK, false))
                .isEqualTo(Action.NONE);
        assertThat(decide(false, List.of(entry(state, null, 0, Duration.ofDays(9))), ONE_LINK, true))
                .isEqualTo(Action.NONE);
    }

    /** Staff decided about the links that the entry named. Others are shown to them, and nothing is sent. */
    @Test
    void aDismissedEntryIsAboutTheLinksThatItNamed() {
        StoredEntry dismissed = dismissed(DeliveryError.of("wiseSyncHeldUnknownUser"), ANSWER_WITH_A);

        assertThat(decide(true, List.of(dismissed), ONE_LINK, true)).isEqualTo(Action.NONE);
        assertThat(decide(true, List.of(dismissed), Set.of("a", "b"), true)).isEqualTo(Action.HOLD_AFTER_DISMISSAL);
        assertThat(decide(false, List.of(dismissed), Set.of("b"), true)).isEqualTo(Action.HOLD_AFTER_DISMISSAL);
    }

    /** They have been disabled since, on a path that was not detected. */
    @Test
    void holdsForAUserWhoWasEnabledWhenTheEntryWasDismissedOrSince() {
        StoredEntry enabledThen = dismissed(DeliveryError.of(Deactivations.DISMISSED_ENABLED), ANSWER_WITH_A);
        StoredEntry dismissed = dismissed(null, ANSWER_WITH_A);

        assertThat(decide(true, List.of(enabledThen), ONE_LINK, true)).isEqualTo(Action.HOLD_AFTER_DISMISSAL);
        assertThat(decide(true, List.of(obsolete(DeactivationReason.ADMIN), dismissed), ONE_LINK, true))
                .isEqualTo(Action.HOLD_AFTER_DISMISSAL);
    }

    /** Otherwise a user with more links would be held after each dismissal. */
    @Test
    void aDismissedEntryThatNamesAsManyLinksAsItCanIsAboutAllOfThem() {
        List<Link> links = IntStream.range(0, LinksJson.MAX_NOTED)
                .mapToObj(i -> new Link("link-" + i, null, null, null, null, null))
                .toList();

        assertThat(decide(true, List.of(dismissed(null, LinksJson.note(links))), ONE_LINK, true))
                .isEqualTo(Action.NONE);
    }

    @ParameterizedTest
    @CsvSource({"23,NONE", "25,RETRY"})
    void leavesAFailedEntryToStaffForADay(int hours, Action action) {
        assertThat(decide(true, List.of(entry(State.FAILED, null, 0, Duration.ofHours(hours))), ONE_LINK, false))
                .isEqualTo(action);
    }

    /** 1 h, 2 h, 4 h ... 24 h. */
    @ParameterizedTest
    @CsvSource({"0,60", "1,120", "2,240", "3,480", "4,960", "5,1440", "9,1440", "70,1440"})
    void sendsTheSameEntryAgainWhenAnAcceptedLinkStaysActive(int resent, int minutes) {
        assertThat(decide(
                        true,
                        List.of(delivered(resent, Duration.ofMinutes(minutes).minusSeconds(1))),
                        ONE_LINK,
                        false))
                .isEqualTo(Action.NONE);
        assertThat(decide(true, List.of(delivered(resent, Duration.ofMinutes(minutes))), ONE_LINK, false))
                .isEqualTo(Action.RESEND);
    }

    /** The user was enabled in between, and a restore lost that. */
    @Test
    void holdsLinksThatTheDeliveredEntryDidNotDeactivate() {
        assertThat(decide(true, List.of(delivered(0, Duration.ofDays(1))), Set.of("a", "b"), false))
                .isEqualTo(Action.HOLD_NEWER_LINKS);
        assertThat(decide(false, List.of(delivered(0, Duration.ofDays(1))), Set.of("b"), false))
                .isEqualTo(Action.HOLD_NEWER_LINKS);
    }

    @Test
    void comparesWithAllLinksEverDeactivated() {
        StoredEntry newest = entry(State.DELIVERED, "[{\"id\":\"b\"}]", 0, Duration.ofDays(1));
        assertThat(decide(true, List.of(newest, delivered(0, Duration.ofDays(2))), Set.of("a", "b"), false))
                .isEqualTo(Action.RESEND);
    }

    /** The second answer named no link, and the link is still active: the same entry is sent a third time, not a new one held. */
    @Test
    void backsOffAgainAfterAnAnswerWithoutLinks() throws Exception {
        DeliveryResult again = DeactivationHandler.resultOf(
                new HttpAnswer(200, "{\"deactivated\":[]}", Optional.empty()),
                URI.create("https://pay.internal"),
                LinksJson.stored(ANSWER_WITH_A));

        StoredEntry resent = entry(State.DELIVERED, again.answer(), 1, Duration.ofHours(2));

        assertThat(decide(true, List.of(resent), ONE_LINK, false)).isEqualTo(Action.RESEND);
    }

    @Test
    void waitsAMinuteForWisePay() {
        assertThat(decide(true, List.of(delivered(0, Duration.ofSeconds(59))), Set.of("b"), false))
                .isEqualTo(Action.NONE);
    }

    /** It was dismissed because the user was enabled, and they have been disabled since. */
    @Test
    void anObsoleteEntryDecidesNothing() {
        assertThat(decide(true, List.of(obsolete(DeactivationReason.ADMIN)), ONE_LINK, false))
                .isEqualTo(Action.SEND);
    }

    private static Action decide(boolean exists, List<StoredEntry> entries, Set<String> links, boolean event) {
        return ReconcilingDecision.decide(exists, entries, links, () -> event, NOW)
                .action();
    }

    private static StoredEntry delivered(int resent, Duration ago) {
        return entry(State.DELIVERED, ANSWER_WITH_A, resent, ago);
    }

    private static StoredEntry dismissed(DeliveryError error, String note) {
        return entry(State.DISMISSED, null, 0, Duration.ofDays(9), DeactivationReason.COMPARISON, error, note);
    }

    private static StoredEntry obsolete(DeactivationReason reason) {
        return entry(
                State.DISMISSED, null, 0, Duration.ofDays(1), reason, DeliveryError.of(DeactivationHandler.OBSOLETE));
    }

    private static StoredEntry entry(State state, String answer, int resent, Duration ago) {
        return entry(state, answer, resent, ago, DeactivationReason.ADMIN, null);
    }

    private static StoredEntry entry(
            State state, String answer, int resent, Duration ago, DeactivationReason reason, DeliveryError error) {
        return entry(state, answer, resent, ago, reason, error, null);
    }

    private static StoredEntry entry(
            State state,
            String answer,
            int resent,
            Duration ago,
            DeactivationReason reason,
            DeliveryError error,
            String note) {
        Deactivation deactivation = Deactivation.now(
                Deactivation.Type.DISABLED,
                reason,
                null,
                new Deactivation.UserSnapshot("1", "uma", "uma@acme.example"));
        OutboxEntry entry = new OutboxEntry(
                DeactivationHandlerFactory.KIND,
                "realm",
                "1",
                deactivation.id(),
                "user.disabled",
                deactivation.json(),
                1,
                resent,
                false,
                NOW.minus(ago));
        return new StoredEntry(entry, state, error, NOW.minus(ago), NOW.minus(ago), answer, note);
    }
}
