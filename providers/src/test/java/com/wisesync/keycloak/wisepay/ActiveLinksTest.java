package com.wisesync.keycloak.wisepay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActiveLinksTest {

    @Test
    void readsToTheEndAlsoWhenPagesAreShorterThanRequested() throws Exception {
        List<Link> all =
                IntStream.range(0, 25).mapToObj(i -> link("%02d".formatted(i))).toList();
        List<Link> read = new ArrayList<>();

        new ActiveLinks((first, max) -> all.stream().skip(first).limit(10).toList()).forEachPage(read::addAll);

        assertThat(read).isEqualTo(all);
    }

    /** It would be asked for ever. */
    @Test
    void endsWithAnErrorWhenWisePayIgnoresFirst() {
        AtomicInteger requests = new AtomicInteger();

        assertThatThrownBy(() -> new ActiveLinks((first, max) -> {
                            requests.incrementAndGet();
                            return List.of(link("a"), link("b"));
                        })
                        .forEachPage(page -> {}))
                .isInstanceOf(ActiveLinks.IncompleteException.class)
                .hasMessageContaining("not ordered");
        assertThat(requests).hasValue(2);
    }

    /** The order of the ids shows nothing. */
    @Test
    void endsWithAnErrorWhenNoLinkHasAnId() {
        AtomicInteger requests = new AtomicInteger();

        assertThatThrownBy(() -> new ActiveLinks((first, max) -> {
                            requests.incrementAndGet();
                            return List.of(link(null));
                        })
                        .forEachPage(page -> {}))
                .isInstanceOf(ActiveLinks.IncompleteException.class)
                .hasMessageContaining("no ids");
        assertThat(requests).hasValue(2);
    }

    /** Each insertion moves the next page by one link, which begins with links that were read. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 6})
    void readsEachLinkOnceWhileOthersAreInserted(int inserted) throws Exception {
        List<Link> all = new ArrayList<>(
                IntStream.range(10, 18).mapToObj(i -> link("" + i)).toList());
        List<Link> expected = List.copyOf(all);
        List<Link> read = new ArrayList<>();
        AtomicInteger requests = new AtomicInteger();

        new ActiveLinks((first, max) -> {
                    if (requests.incrementAndGet() == 2) {
                        IntStream.range(0, inserted).forEach(i -> all.add(0, link("" + (9 - i))));
                    }
                    return all.stream().skip(first).limit(8).toList();
                })
                .forEachPage(read::addAll);

        assertThat(read).isEqualTo(expected);
    }

    @Test
    void endsWithAnErrorWhenThereIsNoLastPage() {
        AtomicInteger requests = new AtomicInteger();

        assertThatThrownBy(() -> new ActiveLinks((first, max) -> {
                            requests.incrementAndGet();
                            return IntStream.range(first, first + 250)
                                    .mapToObj(i -> link(String.valueOf(i)))
                                    .toList();
                        })
                        .forEachPage(page -> {}))
                .isInstanceOf(ActiveLinks.IncompleteException.class)
                .hasMessageContaining("no end");
        assertThat(requests).hasValue(4_000);
    }

    @Test
    void comparesNumbersAsNumbers() throws Exception {
        List<Link> all = Stream.of("9", "10", "11").map(ActiveLinksTest::link).toList();
        List<Link> read = new ArrayList<>();

        new ActiveLinks((first, max) -> all.stream().skip(first).toList()).forEachPage(read::addAll);

        assertThat(read).hasSize(3);
    }

    /** In UTF-16, the order of Java, the last two are the other way round. */
    @Test
    void comparesOtherIdsByteByByte() throws Exception {
        List<Link> all = Stream.of("B", "_", "a", "\u00e4", "\uff5e", "\ud83d\ude00")
                .map(ActiveLinksTest::link)
                .toList();
        List<Link> read = new ArrayList<>();

        new ActiveLinks((first, max) -> all.stream().skip(first).toList()).forEachPage(read::addAll);

        assertThat(read).isEqualTo(all);
    }

    @Test
    void leavesOutALinkWithoutAnId() throws Exception {
        List<Link> all = Stream.of("1", null, "2").map(ActiveLinksTest::link).toList();
        List<Link> read = new ArrayList<>();

        new ActiveLinks((first, max) -> all.stream().skip(first).limit(1).toList()).forEachPage(read::addAll);

        assertThat(read).extracting(Link::id).containsExactly("1", "2");
    }

    @Test
    void refusesIdsThatCouldEndARun() {
        assertThat(Stream.of("", " ", "a\u0000b", "a\nb", "x".repeat(256), "f:", "f:broken", "f::uma", "f:ldap:"))
                .noneMatch(LinkOwners::isId);
        assertThat(LinkOwners.isId(null)).isFalse();
        assertThat(Stream.of("8d0c5a3e-5d0c-4c1e-9f0b-2f7f6f6f0a01", "f:8d0c5a3e:m\u00fcller"))
                .allMatch(LinkOwners::isId);
    }

    private static Link link(String id) {
        return new Link(id, "user", "proxy", null, null, "active");
    }
}
