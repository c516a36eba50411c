package com.wisesync.keycloak.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.admin.client.Keycloak;

/**
 * The differences between an existing realm and the production files. {@code ownership.yaml} says which values are restored
 * and which are left to the operator. Making the changes twice is the same as making them once.
 */
public final class RealmChanges {

    /** In the order of their dependencies. */
    private static final List<Section> SECTIONS = List.of(
            new ClientScopes(),
            new Clients(),
            new Roles(),
            new RolePermissions(),
            new ServiceAccountRoles(),
            new RequiredActions(),
            new Flows(),
            new UserProfileAttributes(),
            new ClientPolicies(),
            new RealmSettings());

    private final Comparison comparison;
    private final List<Section> sections;

    /**
     * Compares all sections.
     *
     * @param keycloak logged in as a user or service that manages the realm
     * @param server address of the server
     * @param realm name of an existing realm
     * @param environment the values of the placeholders
     */
    public RealmChanges(Keycloak keycloak, String server, String realm, Map<String, String> environment) {
        this(keycloak, server, realm, environment, Set.of());
    }

    /** @param only the names of the sections to compare; empty for all */
    RealmChanges(Keycloak keycloak, String server, String realm, Map<String, String> environment, Set<String> only) {
        RealmAdminClient client = keycloak.proxy(RealmAdminClient.class, AdminUri.of(server, realm));
        ObjectNode present = client.realm();
        ManagedValues values = new ManagedValues(
                RealmFiles.ownership(), new Placeholders(environment), !RealmSettings.isOptedIn(present));
        this.comparison = new Comparison(RealmFiles.production(), client, values);
        this.sections = SECTIONS.stream()
                .filter(section -> only.isEmpty() || only.contains(section.name()))
                .toList();
    }

    static Set<String> sectionNames() {
        return SECTIONS.stream().map(Section::name).collect(Collectors.toSet());
    }

    /** The differences as parts of a unified diff, remarks included; empty if there is nothing to do. */
    public List<String> show() {
        return find().map(RealmChange::text).toList();
    }

    /**
     * Removes the differences.
     *
     * @param report receives each change before it is made, and each remark
     */
    public void make(Consumer<String> report) {
        sections.forEach(section -> section.changes(comparison).forEach(change -> {
            report.accept(change.text());
            change.make().run();
        }));
    }

    /** The differences and remarks of the sections, without changing anything. */
    Stream<RealmChange> find() {
        return sections.stream().flatMap(section -> section.changes(comparison).stream());
    }

    /** The realm roles that need the operator's consent before the sections are applied. */
    List<String> foreignRoles() {
        return sections.stream().anyMatch(Section::grantsToRoles) ? Roles.foreign(comparison) : List.of();
    }

    /** Some usernames with the role, at most {@code max}. */
    List<String> usersWithRole(String role, int max) {
        return JsonTrees.objects(comparison.realm().usersWithRole(role, max))
                .map(user -> user.path("username").asText())
                .toList();
    }
}
