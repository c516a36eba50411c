package com.wisesync.keycloak.wisepay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Queries for many users: some at the same time, and never for longer than the limit. */
@Timeout(20)
class LinkQueriesTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final LinkQueries queries = new LinkQueries();

    @Test
    void upToEightUsersAreQueriedAtTheSameTime() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        // Passed only by queries that run at the same time.
        CyclicBarrier together = new CyclicBarrier(LinkQueries.MAX_CONCURRENT);

        Map<String, List<Link>> found = queries.runForEach(users(1 + 10 * LinkQueries.MAX_CONCURRENT), LONG, user -> {
            // The first is queried alone.
            if (!user.equals("0")) {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                await(together);
                running.decrementAndGet();
            }
            return List.of(link(user));
        });

        assertThat(found)
                .hasSize(1 + 10 * LinkQueries.MAX_CONCURRENT)
                .allSatisfy((user, links) -> assertThat(links).containsExactly(link(user)));
        assertThat(most).hasValue(LinkQueries.MAX_CONCURRENT);
    }

    @Test
    void noUserIsQueriedAfterAFailure() throws Exception {
        Set<String> queried = ConcurrentHashMap.newKeySet();
        CompletableFuture<Thread> failing = new CompletableFuture<>();

        Map<String, List<Link>> found = queries.runForEach(users(500), LONG, user -> {
            queried.add(user);
            if (user.equals("1")) {
                failing.complete(Thread.currentThread());
                throw new IOException("away");
            }
            if (!user.equals("0")) {
                // Answered after the failure, so the circuit stays closed and would let others pass.
                Thread failed = failing.join();
                while (failed.getState() != Thread.State.TIMED_WAITING) {
                    Thread.onSpinWait();
                }
            }
            return List.of();
        });

        assertThat(found).doesNotContainKey("1");
        assertThat(queried).hasSizeLessThanOrEqualTo(1 + LinkQueries.MAX_CONCURRENT);
    }

    @Test
    void aFailureOfTheFirstQueryIsTheOnlyOne() throws Exception {
        AtomicInteger queried = new AtomicInteger();

        Map<String, List<Link>> found = queries.runForEach(users(500), LONG, user -> {
            queried.incrementAndGet();
            throw new IOException("away");
        });

        assertThat(found).isEmpty();
        assertThat(queried).hasValue(1);
    }

    @Test
    void usersWithoutAnAnswerInTimeAreLeftOut() throws Exception {
        CountDownLatch never = new CountDownLatch(1);

        Map<String, List<Link>> found = queries.runForEach(users(100), SHORT, user -> {
            if (!user.equals("0")) {
                never.await();
            }
            return List.of();
        });

        assertThat(found).containsOnlyKeys("0");
    }

    @Test
    void severalCallersTakeTurns() throws Exception {
        AtomicInteger queried = new AtomicInteger();
        CountDownLatch second = new CountDownLatch(1);
        Thread first = new Thread(() -> {
            try {
                queries.runForEach(users(500), LONG, user -> {
                    queried.incrementAndGet();
                    if (!user.equals("0")) {
                        second.await(5, TimeUnit.MILLISECONDS);
                    }
                    return List.of();
                });
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        first.start();

        Map<String, List<Link>> found = queries.runForEach(users(5), LONG, user -> List.of(link(user)));

        assertThat(found).hasSize(5);
        assertThat(queried.get()).isLessThan(500);
        second.countDown();
        first.join();
    }

    @Test
    void queriesForOneUserKeepTheirSlots() throws Exception {
        CountDownLatch started = new CountDownLatch(LinkQueries.MAX_CONCURRENT);
        CountDownLatch answered = new CountDownLatch(1);
        Thread many = new Thread(() -> {
            try {
                queries.runForEach(users(1 + LinkQueries.MAX_CONCURRENT), LONG, user -> {
                    if (!user.equals("0")) {
                        started.countDown();
                        answered.await();
                    }
                    return List.of();
                });
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        many.start();
        assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();

        assertThat(queries.run(() -> List.of(link("uma")))).containsExactly(link("uma"));

        answered.countDown();
        many.join();
    }

    @Test
    void noUsersHaveNoLinks() throws Exception {
        assertThat(queries.runForEach(List.of(), LONG, user -> List.of())).isEmpty();
    }

    @Test
    void aDefectIsThrown() {
        assertThatThrownBy(() -> queries.runForEach(users(1), LONG, user -> {
                    throw new NullPointerException("a defect");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasCauseInstanceOf(NullPointerException.class);
    }

    private static void await(CyclicBarrier barrier) throws InterruptedException {
        try {
            barrier.await();
        } catch (BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> users(int count) {
        return IntStream.range(0, count).mapToObj(String::valueOf).toList();
    }

    private static Link link(String user) {
        return new Link("link-" + user, user, "proxy", "Xero", "Proxy", "active");
    }
}
