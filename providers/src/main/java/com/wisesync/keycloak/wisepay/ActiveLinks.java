package com.wisesync.keycloak.wisepay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Pages through all active links. Ends in any case: by the last page, by ids that do not increase or are missing
 * (a Wise-Pay that ignores {@code first} would return the same page for ever), or by an upper bound of links and time.
 */
final class ActiveLinks {

    private static final Logger LOG = Logger.getLogger(ActiveLinks.class);

    static final Duration MAX_DURATION = Duration.ofMinutes(30);

    private static final int PAGE = 500;
    private static final int MAX_LINKS = 1_000_000;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    /** Reads one page. */
    @FunctionalInterface
    interface Pages {
        List<Link> read(int first, int max) throws IOException, InterruptedException;
    }

    private final Pages pages;

    ActiveLinks(Pages pages) {
        this.pages = pages;
    }

    /**
     * Reads all pages. A link without an id, or that can't be read, is left out: the other links can still be reconciled. Two
     * pages in a row without an id are an error, because nothing shows whether they are the same page.
     *
     * @param page called with the links of each page
     * @throws IncompleteException if the links have no order or no end
     */
    void forEachPage(Consumer<List<Link>> page) throws IOException, InterruptedException {
        Instant latest = Instant.now().plus(MAX_DURATION);
        String last = null;
        String begin = null;
        boolean unidentified = false;
        int first = 0;
        while (first < MAX_LINKS && Instant.now().isBefore(latest)) {
            List<Link> links = pages.read(first, PAGE);
            if (links.isEmpty()) {
                return;
            }
            List<Link> identified =
                    links.stream().filter(link -> link.id() != null).toList();
            if (identified.size() < links.size()) {
                LOG.warnf(
                        "%d of Wise-Pay's active links have no id or can't be read", links.size() - identified.size());
            }
            if (identified.isEmpty() && unidentified) {
                throw new IncompleteException("Wise-Pay's active links have no ids");
            }
            unidentified = identified.isEmpty();
            List<Link> unread = unread(identified, last);
            for (Link link : unread) {
                requireOrder(link.id(), last);
                last = link.id();
            }
            if (!identified.isEmpty()) {
                if (unread.isEmpty()) {
                    requireOrder(identified.get(0).id(), begin);
                }
                begin = identified.get(0).id();
            }
            page.accept(unread);
            // Wise-Pay may return fewer links than requested and have more.
            first += links.size();
        }
        throw new IncompleteException("Wise-Pay's active links have no end: stopped after " + first);
    }

    /** The links of a page that are new. Those before were read: a link inserted meanwhile moves all later ones. */
    private static List<Link> unread(List<Link> page, String last) {
        return page.stream()
                .dropWhile(link -> last != null && !isAfter(link.id(), last))
                .toList();
    }

    private static void requireOrder(String id, String before) throws IncompleteException {
        if (before != null && !isAfter(id, before)) {
            throw new IncompleteException("Wise-Pay's active links are not ordered by id");
        }
    }

    private static boolean isAfter(String id, String last) {
        if (NUMBER.matcher(id).matches() && NUMBER.matcher(last).matches()) {
            return Long.parseLong(id) > Long.parseLong(last);
        }
        return Arrays.compareUnsigned(bytes(id), bytes(last)) > 0;
    }

    /** The order of these is the same in every language and database. */
    private static byte[] bytes(String id) {
        return id.getBytes(StandardCharsets.UTF_8);
    }

    /** The links could not be read completely, so nothing may be concluded from them. */
    static final class IncompleteException extends IOException {

        private static final long serialVersionUID = 1;

        IncompleteException(String message) {
            super(message);
        }
    }
}
