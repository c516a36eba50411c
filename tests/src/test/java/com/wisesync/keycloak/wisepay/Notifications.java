package com.wisesync.keycloak.wisepay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.wisesync.keycloak.simulator.Deactivation;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import java.util.List;

/** The deactivations of a user that Wise-Pay received. */
final class Notifications {

    private final Testbed testbed = Testbed.get();
    private final Api admin = testbed.stockApi();

    /** The stock admin API of the realm. */
    Api admin() {
        return admin;
    }

    String account() {
        return testbed.people().account("other", "company");
    }

    Person personWithLinks(String account) {
        Person made = testbed.people().create(account, "user", "company");
        testbed.wisePay().addOneOfEach(made.id());
        return made;
    }

    void disable(Person person) {
        setEnabled(person, false);
    }

    void enable(Person person) {
        setEnabled(person, true);
    }

    ObjectNode representation(Person person) {
        return (ObjectNode) admin.get("/users/" + person.id()).json();
    }

    List<Deactivation> find(Person person) {
        return testbed.wisePay().deactivationsOf(person.id());
    }

    /**
     * Waits for a deactivation, and then for a later one of another user, so that a second one would have been
     * received too.
     */
    Deactivation awaitSingle(Person person) {
        await().until(() -> !find(person).isEmpty());
        awaitLaterDeactivation();
        assertThat(find(person)).hasSize(1);
        return find(person).get(0);
    }

    void assertNone(Person person) {
        awaitLaterDeactivation();
        assertThat(find(person)).isEmpty();
    }

    private void awaitLaterDeactivation() {
        Person last = testbed.people().create(account(), "user", "company");
        disable(last);
        await().until(() -> !find(last).isEmpty());
    }

    private void setEnabled(Person person, boolean enabled) {
        assertThat(admin.put("/users/" + person.id(), representation(person).put("enabled", enabled))
                        .status())
                .isEqualTo(204);
    }
}
