package com.wisesync.keycloak.attack;

import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.People;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Server;
import com.wisesync.keycloak.testing.Testbed;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.keycloak.representations.idm.UserRepresentation;

/** An account in which every name contains markup, in some cases within the limits of the User Profile. */
final class HostilePeople {

    /** The part of the markup that must be visible as text. */
    static final String TEXT = "onerror=document.title='run'>{{7*7}}";

    /**
     * Leaves its attribute or element, adds another, and changes the title if it is executed as a script or a
     * template.
     */
    static final String PAYLOAD = "\"><img src=x " + TEXT + "${7*7}";

    /** As hostile as the User Profile allows; users with any other name must change it at their next login. */
    static final String ALLOWED = "' onclick `javascript:alert(1)` &lt;gpj";

    private final Testbed testbed = Testbed.get();
    private final Api service = testbed.serviceApi();
    private final String account;

    HostilePeople() {
        String name = PAYLOAD + UUID.randomUUID();
        account = service.post("/accounts", Map.of("name", name, "psa", "autotask"))
                .createdId();
        service.put("/accounts/" + account + "/companies/odd", Map.of("name", PAYLOAD, "package", "xero"));
    }

    String account() {
        return account;
    }

    Person create(String role) {
        return create(role, PAYLOAD);
    }

    /** A user who can log in without having to update their name. */
    Person allowed(String role) {
        return create(role, ALLOWED);
    }

    /** By partial import, which bypasses the User Profile. */
    private Person create(String role, String name) {
        String username = UUID.randomUUID() + "@test.example";
        UserRepresentation user = People.newUser(username);
        user.setFirstName(name);
        user.setLastName(name);
        user.setAttributes(Map.of("companies", role.equals("user") ? List.of("odd") : List.of()));
        // Users created in another way have this role; without it they cannot open the account console.
        user.setRealmRoles(List.of(role, "default-roles-" + Server.REALM));
        Person person = testbed.people().imported(user);
        if (!role.equals("support")) {
            testbed.people().join(person.id(), account);
        }
        return person;
    }
}
