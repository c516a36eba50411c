package com.wisesync.keycloak.attack;

import static org.awaitility.Awaitility.await;

import com.wisesync.keycloak.attack.Matrix.Caller;
import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.People;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.OrganizationRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** Creates the callers of {@link Matrix}. Each is a new account-admin of the given account unless stated otherwise. */
final class Callers {

    private static final String LIGHTWEIGHT = "client.use.lightweight.access.token.enabled";
    private static final String LIFESPAN = "access.token.lifespan";

    /** A caller with their token. */
    record Calling(Person person, Api api, List<String> headers) {

        Calling(Person person, Api api) {
            this(person, api, List.of());
        }

        Answer send(String method, String path, String body, String type) {
            List<String> all = new ArrayList<>(headers);
            all.addAll(List.of("Content-Type", type));
            return api.send(method, path, body, all.toArray(String[]::new));
        }
    }

    private final Testbed testbed;
    private final String account;

    Callers(Testbed testbed, String account) {
        this.testbed = testbed;
        this.account = account;
    }

    Calling get(Caller caller) {
        return switch (caller) {
            case MERCHANT -> atConsole(testbed.people().create(account, "merchant-user"));
            case USER -> atConsole(testbed.people().create(account, "user", "one"));
            case ADMIN -> atConsole(admin());
            case ADMIN_OF_ANOTHER ->
                atConsole(testbed.people().create(testbed.people().account("autotask", "one"), "account-admin"));
            case STAFF -> atConsole(Person.SAM);
            case SERVICE -> with(testbed.serviceToken());
            case READER -> with(service(testbed.realm(), Optional.of("read-autotask-credentials")));
            case SERVICE_WITHOUT_RIGHTS -> with(service(testbed.realm(), Optional.empty()));
            case WITHOUT_THE_ROLE -> withoutTheRole();
            case ANONYMOUS -> with(null);
            case WITH_A_SESSION_COOKIE_ONLY -> withCookiesOnly();
            case EXPIRED -> expired();
            case DISABLED -> disabled();
            case LOGGED_OUT -> loggedOut();
            case OF_ANOTHER_REALM -> ofAnotherRealm();
            case ADMINISTRATOR_OF_MASTER ->
                with(testbed.adminClient().tokenManager().getAccessTokenString());
            case OF_A_DISABLED_ACCOUNT -> ofDisabledAccount();
            case WITH_A_TOKEN_OF_WISE_SYNC -> at(Application.WISE_SYNC);
            case WITH_A_TOKEN_OF_WISE_PAY -> at(Application.WISE_PAY);
            case WITH_A_TOKEN_OF_THE_ACCOUNT_CONSOLE -> at(Application.ACCOUNT_CONSOLE);
            case WITH_A_TOKEN_OF_A_NEW_CLIENT -> at(newClient());
        };
    }

    private Person admin() {
        return testbed.people().create(account, "account-admin");
    }

    private Calling atConsole(Person person) {
        return new Calling(
                person, testbed.api(testbed.logIn(person, Application.CONSOLE).access()));
    }

    private Calling at(Application application) {
        Person person = admin();
        return new Calling(
                person, testbed.api(testbed.logIn(person, application).access()));
    }

    private Calling with(String token) {
        return new Calling(null, testbed.api(token));
    }

    /** A lightweight token gets its roles when it is used; an ordinary token has those of the login. */
    private Calling withoutTheRole() {
        Person person = testbed.people().create(null, null);
        Tokens tokens = withConsole(LIGHTWEIGHT, "false", () -> testbed.logIn(person, Application.CONSOLE));
        testbed.people().grant(person.id(), "support");
        return new Calling(person, testbed.api(tokens.access()));
    }

    private Calling expired() {
        Person person = admin();
        Tokens tokens = withConsole(LIFESPAN, "2", () -> testbed.logIn(person, Application.CONSOLE));
        Api api = testbed.api(tokens.access());
        await("the end of the token").until(() -> api.get("/me").status() == 401);
        return new Calling(person, api);
    }

    private Calling disabled() {
        Calling calling = atConsole(admin());
        UserRepresentation user =
                testbed.realm().users().get(calling.person().id()).toRepresentation();
        user.setEnabled(false);
        testbed.realm().users().get(calling.person().id()).update(user);
        return calling;
    }

    private Calling loggedOut() {
        Calling calling = atConsole(admin());
        testbed.realm().users().get(calling.person().id()).logout();
        return calling;
    }

    private Calling ofDisabledAccount() {
        String closed = testbed.people().account("autotask", "one");
        Calling calling = atConsole(testbed.people().create(closed, "account-admin"));
        OrganizationRepresentation organization =
                testbed.realm().organizations().get(closed).toRepresentation();
        organization.setEnabled(false);
        testbed.realm().organizations().get(closed).update(organization).close();
        return calling;
    }

    private Calling ofAnotherRealm() {
        RealmRepresentation realm = new RealmRepresentation();
        realm.setRealm("other-" + UUID.randomUUID());
        realm.setEnabled(true);
        testbed.adminClient().realms().create(realm);
        RealmResource other = testbed.adminClient().realm(realm.getRealm());
        try {
            return with(service(other, Optional.empty()));
        } finally {
            other.remove();
        }
    }

    /** A request that another site could make a browser send. */
    private Calling withCookiesOnly() {
        Person person = admin();
        Login login = testbed.login(Application.CONSOLE);
        login.as(person, testbed.mailbox());
        try {
            URI place = URI.create(testbed.server().realmUrl() + "/");
            String cookies = String.join(
                    "; ", login.visitor().cookies().get(place, Map.of()).get("Cookie"));
            return new Calling(person, testbed.api((String) null), List.of("Cookie", cookies));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Application newClient() {
        ClientRepresentation client = client();
        client.setRedirectUris(List.of("http://localhost:9/*"));
        testbed.realm().clients().create(client).close();
        return new Application(client.getClientId(), Optional.of(client.getSecret()), "http://localhost:9/callback");
    }

    /** A token of a new service of a realm; a right is a role of {@code wise-sync-service}. */
    private String service(RealmResource realm, Optional<String> right) {
        ClientRepresentation client = client();
        client.setServiceAccountsEnabled(true);
        realm.clients().create(client).close();
        String id = realm.clients().findByClientId(client.getClientId()).get(0).getId();
        right.ifPresent(role -> new People(realm)
                .grant(realm.clients().get(id).getServiceAccountUser().getId(), "wise-sync-service", role));
        String url =
                testbed.server().url() + "/realms/" + realm.toRepresentation().getRealm();
        return new Api(url, () -> null)
                .send(
                        "POST",
                        "/protocol/openid-connect/token",
                        "grant_type=client_credentials&client_id=%s&client_secret=%s"
                                .formatted(client.getClientId(), client.getSecret()),
                        "Content-Type",
                        "application/x-www-form-urlencoded")
                .json()
                .path("access_token")
                .asText();
    }

    /** Full scope: its tokens have all roles of their users. */
    private static ClientRepresentation client() {
        ClientRepresentation client = new ClientRepresentation();
        client.setClientId("new-" + UUID.randomUUID());
        client.setSecret("secret");
        client.setFullScopeAllowed(true);
        return client;
    }

    private <T> T withConsole(String attribute, String value, Supplier<T> login) {
        ClientRepresentation console = testbed.realm()
                .clients()
                .findByClientId(Application.CONSOLE.clientId())
                .get(0);
        Map<String, String> before = Map.copyOf(console.getAttributes());
        Map<String, String> changed = new HashMap<>(before);
        changed.put(attribute, value);
        console.setAttributes(changed);
        testbed.realm().clients().get(console.getId()).update(console);
        try {
            return login.get();
        } finally {
            // Attributes that did not exist before are removed by setting them to empty.
            Map<String, String> restored = new HashMap<>(before);
            restored.putIfAbsent(attribute, "");
            console.setAttributes(restored);
            testbed.realm().clients().get(console.getId()).update(console);
        }
    }
}
