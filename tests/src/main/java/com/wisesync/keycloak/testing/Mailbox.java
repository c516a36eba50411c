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
 * Receives the emails of a server and returns each of them once, per address in the order of arrival.
 *
 * <p>Rejects recipients at {@code refused.example} (550) and defers those at {@code later.example} (451).
 */
public final class Mailbox implements AutoCloseable {

    /** Mails from the outbox stand behind those of an import of 5,000 users. */
    public static final Duration PATIENCE = Duration.ofMinutes(5);

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

    // GreenMail keeps a folder per address, and so no order among all mails.
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

    /** Everything that ever came. */
    public List<Mail> all() {
        return List.copyOf(received);
    }

    /** Everything that ever came to someone. */
    public List<Mail> all(String address) {
        return all().stream()
                .filter(mail -> mail.to().equalsIgnoreCase(address))
                .toList();
    }

    /** The next mail to someone; waits for it. */
    public Mail take(String address) {
        return Awaitility.await("a mail to " + address)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> poll(address), Optional::isPresent)
                .orElseThrow();
    }

    /** The code in the next mail to someone that has one; waits for it, and passes over others. */
    public String takeCode(String address) {
        return Awaitility.await("a code mailed to " + address)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> poll(address).flatMap(Mail::code), Optional::isPresent)
                .orElseThrow();
    }

    /** The next mail to someone, if it is already there. */
    public synchronized Optional<Mail> poll(String address) {
        List<Mail> received = all(address);
        int next = taken.getOrDefault(key(address), 0);
        if (next >= received.size()) {
            return Optional.empty();
        }
        taken.put(key(address), next + 1);
        return Optional.of(received.get(next));
    }

    /** Passes over everything that has come to someone so far. */
    public synchronized void forget(String address) {
        taken.put(key(address), all(address).size());
    }

    /** Hands every mail that comes from now on to a listener. */
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
