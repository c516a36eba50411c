package com.wisesync.keycloak.wisepay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.wisesync.keycloak.simulator.Deactivation;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Server;
import com.wisesync.keycloak.testing.Testbed;
import java.util.List;

/** The deactivations of a user that Wise-Pay received. */
final class Notifications {

    private final Testbed testbed = Testbed.get();
    private final Api admin = new Api(
            testbed.server().url() + "/admin/realms/" + Server.REALM,
            () -> testbed.adminClient().tokenManager().getAccessTokenString());

    /** The stock admin API of the realm. */
    Api admin() {
        return admin;
    }

    String account() {
        return testbed.people().account("other", "company");
    }

    Person personWithLinks(String account) {
        Person made = testbed.people().in(account, "user", "company");
        testbed.wisePay().addOneOfEach(made.id());
        return made;
    }

    void disable(Person who) {
        switchTo(who, false);
    }

    void enable(Person who) {
        switchTo(who, true);
    }

    ObjectNode representation(Person who) {
        return (ObjectNode) admin.get("/users/" + who.id()).json();
    }

    List<Deactivation> of(Person who) {
        return testbed.wisePay().deactivationsOf(who.id());
    }

    /**
     * Waits for a deactivation, and then for a later one of another user, so that a second one would have been
     * received too.
     */
    Deactivation theOneOf(Person who) {
        await().until(() -> !of(who).isEmpty());
        afterEverythingSoFar();
        assertThat(of(who)).hasSize(1);
        return of(who).get(0);
    }

    void assertNothingOf(Person who) {
        afterEverythingSoFar();
        assertThat(of(who)).isEmpty();
    }

    private void afterEverythingSoFar() {
        Person last = testbed.people().in(account(), "user", "company");
        disable(last);
        await().until(() -> !of(last).isEmpty());
    }

    private void switchTo(Person who, boolean enabled) {
        assertThat(admin.put("/users/" + who.id(), representation(who).put("enabled", enabled))
                        .status())
                .isEqualTo(204);
    }
}
