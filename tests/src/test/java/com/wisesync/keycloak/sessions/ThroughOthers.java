package com.wisesync.keycloak.sessions;

import com.wisesync.keycloak.testing.Person;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.keycloak.admin.client.CreatedResponseUtil;
import org.keycloak.admin.client.resource.ClientResource;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.admin.client.resource.RoleResource;
import org.keycloak.admin.client.resource.RoleScopeResource;
import org.keycloak.representations.idm.GroupRepresentation;
import org.keycloak.representations.idm.PartialImportRepresentation;
import org.keycloak.representations.idm.RoleRepresentation;
import org.keycloak.representations.idm.RolesRepresentation;

/** Changes of roles that end a user's access to an application and leave the user's own realm role alone. */
public final class ThroughOthers {

    private final RealmResource realm;
    private final ClientResource client;
    private final Person user;
    private final String name = "through-" + UUID.randomUUID();
    private String group;

    /** @param application the client id of the application to which access ends */
    public ThroughOthers(RealmResource realm, String application, Person user) {
        this.realm = realm;
        this.client = realm.clients()
                .get(realm.clients().findByClientId(application).get(0).getId());
        this.user = user;
    }

    /** Sets everything up while the user keeps access, and returns the change that ends it. */
    public Runnable prepare(String how) {
        RoleRepresentation other = realm.roles().get("merchant-user").toRepresentation();
        switch (how) {
            case "role of a group" -> {
                join(group());
                return () -> realm.groups().group(group).roles().realmLevel().add(List.of(other));
            }
            case "role of a parent group" -> {
                GroupRepresentation child = new GroupRepresentation();
                child.setName("child");
                join(CreatedResponseUtil.getCreatedId(
                        realm.groups().group(group()).subGroup(child)));
                return () -> realm.groups().group(group).roles().realmLevel().add(List.of(other));
            }
            case "composite" -> {
                RoleResource composite = composite();
                return () -> composite.addComposites(List.of(other));
            }
            case "removed composite" -> {
                RoleRepresentation use = use();
                RoleResource composite = composite();
                composite.addComposites(List.of(use));
                return () -> composite.deleteComposites(List.of(use));
            }
            case "removed role" -> {
                RoleResource composite = composite();
                composite.addComposites(List.of(use()));
                return composite::remove;
            }
            case "renamed role of a client" -> {
                client.roles().create(new RoleRepresentation("other", null, false));
                RoleRepresentation renamed = client.roles().get("other").toRepresentation();
                renamed.setName("use");
                return () -> client.roles().get("other").update(renamed);
            }
            case "replaced role" -> {
                RoleResource composite = composite();
                composite.addComposites(List.of(use()));
                return () -> replace(imported -> {
                    imported.setRoles(new RolesRepresentation());
                    imported.getRoles().setRealm(List.of(new RoleRepresentation(name, null, false)));
                });
            }
            case "replaced group" -> {
                RoleRepresentation use = use();
                join(group());
                realm.groups()
                        .group(group)
                        .roles()
                        .clientLevel(client.toRepresentation().getId())
                        .add(List.of(use));
                return () -> replace(imported -> {
                    GroupRepresentation same = new GroupRepresentation();
                    same.setName(name);
                    same.setPath("/" + name);
                    imported.setGroups(List.of(same));
                });
            }
            case "role of a client" -> {
                RoleScopeResource roles = realm.users()
                        .get(user.id())
                        .roles()
                        .clientLevel(client.toRepresentation().getId());
                List<RoleRepresentation> use = List.of(use());
                roles.add(use);
                return () -> roles.remove(use);
            }
            default -> throw new IllegalArgumentException(how);
        }
    }

    /** Deletes the group or role through which access ended. */
    public void remove() {
        if (group != null) {
            realm.groups().group(group).remove();
        } else if (realm.roles().list(name, true).stream()
                .anyMatch(role -> role.getName().equals(name))) {
            realm.roles().get(name).remove();
        }
    }

    /** A partial import, which deletes what it replaces. */
    private void replace(Consumer<PartialImportRepresentation> content) {
        PartialImportRepresentation imported = new PartialImportRepresentation();
        imported.setIfResourceExists("OVERWRITE");
        content.accept(imported);
        try (Response answer = realm.partialImport(imported)) {
            if (answer.getStatus() != Response.Status.OK.getStatusCode()) {
                throw new IllegalStateException("Partial import answered " + answer.getStatus());
            }
        }
        if (group != null) {
            group = realm.getGroupByPath("/" + name).getId();
        }
    }

    /** From now on, only holders of this role may enter. */
    private RoleRepresentation use() {
        client.roles().create(new RoleRepresentation("use", null, false));
        return client.roles().get("use").toRepresentation();
    }

    private RoleResource composite() {
        realm.roles().create(new RoleRepresentation(name, null, false));
        RoleResource role = realm.roles().get(name);
        realm.users().get(user.id()).roles().realmLevel().add(List.of(role.toRepresentation()));
        return role;
    }

    private String group() {
        GroupRepresentation created = new GroupRepresentation();
        created.setName(name);
        group = CreatedResponseUtil.getCreatedId(realm.groups().add(created));
        return group;
    }

    private void join(String id) {
        realm.users().get(user.id()).joinGroup(id);
    }
}
