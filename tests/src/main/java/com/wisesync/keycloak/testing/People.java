package com.wisesync.keycloak.testing;

import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.admin.client.resource.UserResource;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.OrganizationRepresentation;
import org.keycloak.representations.idm.PartialImportRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** Creates users and accounts for a test through the stock admin API, without the rules of the extension. */
public final class People {

    private final RealmResource realm;

    public People(RealmResource realm) {
        this.realm = realm;
    }

    /** Creates a user in an account, with a role and, for role {@code user}, companies. */
    public Person create(String account, String role, String... companies) {
        return createNamed(UUID.randomUUID() + "@test.example", account, role, companies);
    }

    /** Creates a user that the User Profile would reject, by partial import. */
    public Person imported(String account, String firstName, Map<String, String> attributes) {
        return imported(account, firstName, "Person", attributes);
    }

    /** Does the same with a last name. */
    public Person imported(String account, String firstName, String lastName, Map<String, String> attributes) {
        UserRepresentation user = newUser(UUID.randomUUID() + "@test.example");
        user.setFirstName(firstName);
        user.setLastName(lastName);
        attributes.forEach(user::singleAttribute);
        user.setRealmRoles(List.of("user"));
        Person person = imported(user);
        join(person.id(), account);
        return person;
    }

    /** Creates a user with the demo password by partial import, which bypasses the User Profile. */
    public Person imported(UserRepresentation user) {
        PartialImportRepresentation file = new PartialImportRepresentation();
        file.setIfResourceExists("FAIL");
        file.setUsers(List.of(user));
        realm.partialImport(file).close();
        String id =
                realm.users().searchByUsername(user.getUsername(), true).get(0).getId();
        return new Person(id, user.getUsername(), Person.DEMO_PASSWORD);
    }

    /** Creates a user with an authenticator app. */
    public Person withDevice(String account, String role, String... companies) {
        CredentialRepresentation app = new CredentialRepresentation();
        app.setType("otp");
        app.setUserLabel("phone");
        app.setSecretData("{\"value\":\"secret-of-an-app\"}");
        app.setCredentialData(
                "{\"subType\":\"totp\",\"digits\":6,\"counter\":0,\"period\":30,\"algorithm\":\"HmacSHA1\"}");
        return createNamed(UUID.randomUUID() + "@test.example", List.of(app), account, role, companies);
    }

    public Person createNamed(String username, String account, String role, String... companies) {
        return createNamed(username, List.of(), account, role, companies);
    }

    private Person createNamed(
            String username, List<CredentialRepresentation> devices, String account, String role, String... companies) {
        UserRepresentation user = newUser(username);
        user.setCredentials(
                Stream.concat(user.getCredentials().stream(), devices.stream()).toList());
        String id = created(realm.users().create(user));
        if (account != null) {
            join(id, account);
        }
        UserResource resource = realm.users().get(id);
        if (role != null) {
            grant(id, role);
        }
        if (companies.length > 0) {
            UserRepresentation now = resource.toRepresentation();
            now.setAttributes(Map.of("companies", List.of(companies)));
            resource.update(now);
        }
        return new Person(id, username, Person.DEMO_PASSWORD);
    }

    /** A new account with the given companies, all on Xero. */
    public String account(String psa, String... companies) {
        String name = "Test " + UUID.randomUUID();
        OrganizationRepresentation account = new OrganizationRepresentation();
        account.setName(name);
        account.setAlias(name.toLowerCase(Locale.ROOT).replace(' ', '-'));
        account.setEnabled(true);
        account.singleAttribute("psa", psa);
        for (String company : companies) {
            account.singleAttribute("company." + company, company);
            account.singleAttribute("company." + company + ".package", "xero");
        }
        return created(realm.organizations().create(account));
    }

    /** Moves a user from one account to another. */
    public void move(String user, String from, String to) {
        leave(user, from);
        join(user, to);
    }

    /** Removes a user from an account. */
    public void leave(String user, String account) {
        realm.organizations().get(account).members().member(user).delete().close();
    }

    /** Adds a user to an account. */
    public void join(String user, String account) {
        try (Response response = realm.organizations().get(account).members().addMember(user)) {
            if (response.getStatus() != 201) {
                throw new AssertionError(
                        "Not a member: " + response.getStatus() + " " + response.readEntity(String.class));
            }
        }
    }

    /** Grants a realm role. */
    public void grant(String user, String role) {
        realm.users()
                .get(user)
                .roles()
                .realmLevel()
                .add(List.of(realm.roles().get(role).toRepresentation()));
    }

    /** Grants a role of a client. */
    public void grant(String user, String clientId, String role) {
        String client = realm.clients().findByClientId(clientId).get(0).getId();
        realm.users()
                .get(user)
                .roles()
                .clientLevel(client)
                .add(List.of(realm.clients().get(client).roles().get(role).toRepresentation()));
    }

    /** A user with the demo password that is not created yet; the username is also the email. */
    public static UserRepresentation newUser(String username) {
        UserRepresentation user = new UserRepresentation();
        user.setUsername(username);
        user.setEmail(username);
        user.setEmailVerified(true);
        user.setFirstName("Test");
        user.setLastName("Person");
        user.setEnabled(true);
        CredentialRepresentation password = new CredentialRepresentation();
        password.setType(CredentialRepresentation.PASSWORD);
        password.setValue(Person.DEMO_PASSWORD);
        user.setCredentials(List.of(password));
        return user;
    }

    private static String created(Response answer) {
        try (Response response = answer) {
            if (response.getStatus() != 201) {
                throw new AssertionError("Not made: " + response.getStatus() + " " + response.readEntity(String.class));
            }
            String location = response.getLocation().getPath();
            return location.substring(location.lastIndexOf('/') + 1);
        }
    }
}
