package com.wisesync.keycloak.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.wisesync.keycloak.SetupCheck.Probe;
import com.wisesync.keycloak.SetupFinding;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SetupReportTest {

    private static final String KEY = "mail-server";
    private static final SetupFinding OK = SetupFinding.ok(KEY);
    private static final SetupFinding ERROR = SetupFinding.error(KEY, "unreachable", "Connection refused");
    private static final SetupFinding SETTING = SetupFinding.ok("mail-settings");

    private final Clock clock = mock(Clock.class);
    private Instant now = Instant.EPOCH;

    @BeforeEach
    void clock() {
        when(clock.instant()).thenAnswer(call -> now);
    }

    @Test
    void theStateOfAnotherSystemIsAFewSecondsOldAtMost() {
        SetupReport report = new SetupReport(clock, Duration.ofMinutes(1));

        assertThat(complete(report, () -> ERROR)).containsExactly(SETTING, ERROR);
        assertThat(complete(report, () -> OK)).as("asked just before").containsExactly(SETTING, ERROR);
        now = now.plusSeconds(4);
        assertThat(complete(report, () -> OK)).containsExactly(SETTING, OK);
    }

    @Test
    void aSystemThatDoesNotAnswerInTimeHasItsLastKnownState() {
        SetupReport report = new SetupReport(clock, Duration.ofMillis(500));
        CountDownLatch answered = new CountDownLatch(1);
        Callable<SetupFinding> hung = () -> {
            answered.await();
            return ERROR;
        };

        assertThat(complete(report, () -> OK)).containsExactly(SETTING, OK);
        now = now.plusSeconds(4);
        assertThat(complete(report, hung)).containsExactly(SETTING, OK);
        assertThat(complete(new SetupReport(clock, Duration.ofMillis(1)), hung))
                .as("never answered")
                .containsExactly(SETTING, SetupFinding.warning(KEY, "pending"));
        answered.countDown();
    }

    @Test
    void aReportWithoutOtherSystemsWaitsForNothing() {
        SetupReport.Settings settings = new SetupReport.Settings("realm", List.of(SETTING), List.of());

        assertThat(new SetupReport(clock, Duration.ofMinutes(1)).complete(settings))
                .containsExactly(SETTING);
    }

    private static List<SetupFinding> complete(SetupReport report, Callable<SetupFinding> check) {
        return report.complete(new SetupReport.Settings("realm", List.of(SETTING), List.of(new Probe(KEY, check))));
    }
}
