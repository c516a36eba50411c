package com.wisesync.keycloak.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.MemberRepresentation;
import org.keycloak.representations.idm.MembershipType;
import org.keycloak.representations.idm.OrganizationRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.RoleRepresentation;
import org.keycloak.representations.idm.RolesRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** A realm with the demo's users and account without the extension, for servers without its jars. */
public final class StockRealm {

    private static final int PEOPLE = 10;

    private StockRealm() {}

    public static String json(String name) {
        try {
            return new ObjectMapper().writeValueAsString(representation(name));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static RealmRepresentation representation(String name) {
        RealmRepresentation realm = new RealmRepresentation();
        realm.setRealm(name);
        realm.setEnabled(true);
        realm.setOrganizationsEnabled(true);
        realm.setEventsEnabled(true);
        realm.setAdminEventsEnabled(true);
        realm.setAdminEventsDetailsEnabled(true);
        RolesRepresentation roles = new RolesRepresentation();
        roles.setRealm(Stream.of("account-admin", "user")
                .map(role -> new RoleRepresentation(role, null, false))
                .toList());
        realm.setRoles(roles);
        ClientRepresentation client = new ClientRepresentation();
        client.setClientId(Application.WISE_SYNC.clientId());
        client.setSecret(Application.WISE_SYNC.secret().orElseThrow());
        client.setRedirectUris(List.of("http://localhost:*"));
        client.setFullScopeAllowed(false);
        realm.setClients(List.of(client));
        realm.setUsers(List.of(user(Person.ADA, "account-admin"), user(Person.UMA, "user")));
        OrganizationRepresentation account = new OrganizationRepresentation();
        account.setName("Acme MSP");
        account.setAlias("acme-msp");
        account.setEnabled(true);
        Stream.of(Person.ADA, Person.UMA).map(StockRealm::member).forEach(account::addMember);
        realm.setOrganizations(List.of(account));
        return realm;
    }

    /** Creates a realm that did not opt in, on a server with our jars, with users to disable. */
    static RealmResource in(Keycloak admin) {
        RealmRepresentation realm = representation("benchmark-stock");
        List<UserRepresentation> people = new ArrayList<>(realm.getUsers());
        for (int i = 0; i < PEOPLE; i++) {
            people.add(user(new Person(null, "p%d@stock.example".formatted(i), Person.DEMO_PASSWORD), "user"));
        }
        realm.setUsers(people);
        admin.realms().create(realm);
        return admin.realm(realm.getRealm());
    }

    static List<UserRepresentation> people(RealmResource realm) {
        return realm.users().searchByUsername("@stock.example", false);
    }

    /** Saves a disabled user like the console. */
    static void disable(RealmResource realm, UserRepresentation user) {
        user.setEnabled(false);
        realm.users().get(user.getId()).update(user);
    }

    private static UserRepresentation user(Person person, String role) {
        UserRepresentation user = new UserRepresentation();
        user.setUsername(person.username());
        user.setEmail(person.username());
        user.setEmailVerified(true);
        user.setFirstName("Demo");
        user.setLastName("Person");
        user.setEnabled(true);
        CredentialRepresentation password = new CredentialRepresentation();
        password.setType(CredentialRepresentation.PASSWORD);
        password.setValue(person.password());
        user.setCredentials(List.of(password));
        user.setRealmRoles(List.of(role));
        return user;
    }

    private static MemberRepresentation member(Person person) {
        MemberRepresentation member = new MemberRepresentation();
        member.setUsername(person.username());
        member.setMembershipType(MembershipType.UNMANAGED);
        return member;
    }
}
