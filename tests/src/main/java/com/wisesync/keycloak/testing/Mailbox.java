package com.wisesync.keycloak.testing;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.awaitility.Awaitility;

/**
 * Receives the emails of a server and returns each of them once, in the order of arrival per address.
 *
 * <p>Rejects recipients at {@code refused.example} (550) and defers those at {@code later.example} (451).
 */
public final class Mailbox implements AutoCloseable {

    /** An import of 5,000 users may be ahead in the outbox. */
    public static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final GreenMail mails;
    private final List<Mail> received = new CopyOnWriteArrayList<>();
    private final List<Consumer<Mail>> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> taken = new HashMap<>();

    private Mailbox(GreenMail mails) {
        this.mails = mails;
    }

    /** Listens on a free port of all addresses, so that a server in a container can reach it. */
    public static Mailbox start() {
        return start("0.0.0.0");
    }

    /** Listens on a free port of 127.0.0.1 only. */
    public static Mailbox startLocal() {
        return start("127.0.0.1");
    }

    private static Mailbox start(String address) {
        ServerSetup smtp = new ServerSetup(0, address, ServerSetup.PROTOCOL_SMTP);
        smtp.setServerStartupTimeout(10_000);
        GreenMail mails = new RejectingGreenMail(smtp);
        mails.start();
        Mailbox mailbox = new Mailbox(mails);
        mailbox.catchAll();
        return mailbox;
    }

    // GreenMail keeps a folder per address, and therefore no order across addresses.
    private void catchAll() {
        GreenMailUser anyone = mails.setUser("anyone@localhost", "anyone");
        mails.getUserManager().setMessageDeliveryHandler((message, address) -> {
            Mail mail = Mail.of(address.getEmail(), message.getMessage());
            received.add(mail);
            listeners.forEach(listener -> listener.accept(mail));
            return anyone;
        });
    }

    public int port() {
        return mails.getSmtp().getPort();
    }

    /** All mails so far. */
    public List<Mail> all() {
        return List.copyOf(received);
    }

    /** All mails to an address so far. */
    public List<Mail> all(String address) {
        return all().stream()
                .filter(mail -> mail.to().equalsIgnoreCase(address))
                .toList();
    }

    /** Waits for the next mail to an address. */
    public Mail take(String address) {
        return Awaitility.await("a mail to " + address)
                .atMost(TIMEOUT)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> poll(address), Optional::isPresent)
                .orElseThrow();
    }

    /** Waits for the next mail with a code to an address, and skips others. */
    public String takeCode(String address) {
        return Awaitility.await("a code mailed to " + address)
                .atMost(TIMEOUT)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> poll(address).flatMap(Mail::code), Optional::isPresent)
                .orElseThrow();
    }

    /** The next mail to an address, if it has arrived. */
    public synchronized Optional<Mail> poll(String address) {
        List<Mail> received = all(address);
        int next = taken.getOrDefault(key(address), 0);
        if (next >= received.size()) {
            return Optional.empty();
        }
        taken.put(key(address), next + 1);
        return Optional.of(received.get(next));
    }

    /** Skips all mails to an address so far. */
    public synchronized void forget(String address) {
        taken.put(key(address), all(address).size());
    }

    /** Passes every further mail to a listener. */
    public void onMail(Consumer<Mail> listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {
        mails.stop();
    }

    private static String key(String address) {
        return address.toLowerCase(Locale.ROOT);
    }
}
