package com.wisesync.keycloak.testing;

import com.wisesync.keycloak.simulator.WisePaySimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.RealmRepresentation;

/**
 * The server of a test process, with the demo realm, a mailbox and Wise-Pay's simulator. The first test that needs it
 * starts it, and it ends with the process (a run has two: {@code it.forks} in the POM). Tests share it: each creates
 * the users it changes with {@link #people()}, and leaves the demo users unchanged.
 */
public final class Testbed {

    /** Low enough for a test to exceed it. */
    public static final int SCIM_REQUESTS_PER_MINUTE = 1_000;

    private final Mailbox mailbox;
    private final WisePaySimulator wisePay;
    private final Server server;
    private final Keycloak adminClient;
    private final Map<Person, Session> consoles = new ConcurrentHashMap<>();

    private Testbed(Mailbox mailbox, WisePaySimulator wisePay, Server server) {
        this.mailbox = mailbox;
        this.wisePay = wisePay;
        this.server = server;
        this.adminClient = server.adminClient();
    }

    public static Testbed get() {
        return Holder.RUNNING;
    }

    public Server server() {
        return server;
    }

    public Mailbox mailbox() {
        return mailbox;
    }

    public WisePaySimulator wisePay() {
        return wisePay;
    }

    /** The stock admin API as the bootstrap admin. */
    public Keycloak adminClient() {
        return adminClient;
    }

    /** The stock admin API of our realm as the bootstrap admin. */
    public RealmResource realm() {
        return adminClient.realm(Server.REALM);
    }

    /** The same with plain requests, for bodies that the admin client cannot send, and for what is answered. */
    public Api stockApi() {
        return new Api(
                server.url() + "/admin/realms/" + Server.REALM,
                () -> adminClient.tokenManager().getAccessTokenString());
    }

    /** Enables or disables Keycloak's check for quick login failures, for tests of the lockout of the extension. */
    public static void setQuickLoginCheck(RealmResource realm, boolean enabled) {
        RealmRepresentation settings = realm.toRepresentation();
        settings.setMinimumQuickLoginWaitSeconds(enabled ? 60 : 0);
        realm.update(settings);
    }

    public People people() {
        return new People(realm());
    }

    /** A new login at an application, page by page. */
    public Login login(Application application) {
        return new Login(server, application);
    }

    /** Logs a user in, with an emailed code if required. A new session each time. */
    public Tokens logIn(Person person, Application application) {
        return login(application).as(person, mailbox);
    }

    /** The admin API as a user of the console, whose login is recent enough for every call. */
    public Api api(Person person) {
        Session session = consoles.compute(
                person,
                (user, before) -> before != null && before.isRecent()
                        ? before
                        : new Session(server, Application.CONSOLE, logIn(user, Application.CONSOLE)));
        return new Api(server.apiUrl(), session::accessToken);
    }

    /** Our admin API with any token; null means none. */
    public Api api(String token) {
        return new Api(server.apiUrl(), () -> token);
    }

    /** Our admin API as {@code wise-sync-service}. */
    public Api serviceApi() {
        return new Api(server.apiUrl(), this::serviceToken);
    }

    public String serviceToken() {
        return Tokens.ofService(server, "wise-sync-service", "wise-sync-service-secret")
                .access();
    }

    private static Testbed start() {
        try {
            Mailbox mailbox = Mailbox.start();
            WisePaySimulator wisePay =
                    WisePaySimulator.start(0, DemoVault.WISE_PAY_API_KEY, DemoVault.WISE_PAY_WEBHOOK_SECRET);
            wisePay.addOneOfEach(Person.UMA.id());
            Server server = Servers.start(ServerSettings.demo(
                            "keycloak-" + System.getProperty("it.fork", "1"), mailbox.port(), wisePay.port())
                    .withFastPasswordHashing()
                    .withOptions(
                            // Instead of five minutes, for tests that read the metric.
                            "--spi-credential--autotask-account--key-count-seconds=5",
                            "--spi-realm-restapi-extension--wise-sync--scim-requests-per-minute="
                                    + SCIM_REQUESTS_PER_MINUTE));
            return new Testbed(mailbox, wisePay, server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Holder {
        private static final Testbed RUNNING = start();
    }
}
