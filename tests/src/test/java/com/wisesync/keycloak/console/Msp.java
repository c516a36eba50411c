package com.wisesync.keycloak.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.UserBody;
import java.util.Locale;
import java.util.Map;
import org.keycloak.admin.client.resource.UserResource;
import org.keycloak.representations.idm.UserRepresentation;

/** The account of a test, with companies with readable names and an account-admin. */
record Msp(String id, Person admin) {

    static Msp with(String psa, Map<String, String> companies) {
        Testbed testbed = Testbed.get();
        String account = testbed.people().account(psa);
        companies.forEach((id, name) -> assertThat(testbed.serviceApi()
                        .put(
                                "/accounts/%s/companies/%s".formatted(account, id),
                                Map.of("name", name, "package", "xero"))
                        .status())
                .isBetween(200, 204));
        return new Msp(account, testbed.people().create(account, "account-admin"));
    }

    static Msp onAutotask() {
        return with("autotask", Map.of("au", "Australia", "nz", "New Zealand", "us", "United States"));
    }

    /** An account for screenshots, with realistic names. */
    static Msp called(String name, String admin) {
        Msp msp = onAutotask();
        Testbed testbed = Testbed.get();
        assertThat(testbed.serviceApi()
                        .put(
                                "/accounts/" + msp.id,
                                Map.of("name", name, "psa", "autotask", "twoFactorMode", "required", "enabled", true))
                        .status())
                .isEqualTo(200);
        testbed.realm().users().get(msp.admin.id()).remove();
        return new Msp(msp.id, msp.named(admin, "account-admin"));
    }

    /** A support user with the rights that Keycloak's own console requires. */
    static Person support() {
        Testbed testbed = Testbed.get();
        Person support = testbed.people().create(null, "support");
        testbed.people().grant(support.id(), "realm-management", "realm-admin");
        return support;
    }

    Person user(String... companies) {
        return Testbed.get().people().create(id, "user", companies);
    }

    /** Creates a user without a password, which emails an invitation; returns the id. */
    String invited(String address, String firstName, String lastName) {
        Answer created = Testbed.get()
                .serviceApi()
                .post(
                        "/accounts/" + id + "/users",
                        UserBody.named(firstName, lastName, UserBody.newUser("user", address, "au")));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        return created.createdId();
    }

    Person userCalled(String address, String... companies) {
        return named(address, "user", companies);
    }

    Person merchantCalled(String address) {
        return named(address, "merchant-user");
    }

    /** Takes first and last name from the address. */
    private Person named(String address, String role, String... companies) {
        Testbed testbed = Testbed.get();
        Person person = testbed.people().createNamed(address, id, role, companies);
        UserResource user = testbed.realm().users().get(person.id());
        UserRepresentation named = user.toRepresentation();
        String[] names = address.split("[.@]", -1);
        named.setFirstName(capital(names[0]));
        named.setLastName(capital(names[1]));
        user.update(named);
        return person;
    }

    private static String capital(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }
}
