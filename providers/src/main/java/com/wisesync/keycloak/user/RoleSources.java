package com.wisesync.keycloak.user;

import com.wisesync.keycloak.role.Role;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What gives somebody one of the four roles: the role itself, a composite role that it is in, a group that has one of these,
 * or a group below such a group. Where the realm's files are all there is, that is the roles themselves.
 *
 * <p>Answers for many users in one statement what {@link Role#of} answers for one.
 */
final class RoleSources {

    private final EntityManager em;
    private final boolean plain;
    private final Map<Role, Set<String>> roles = new EnumMap<>(Role.class);
    private final Map<Role, Set<String>> groups = new EnumMap<>(Role.class);

    RoleSources(EntityManager em, Map<Role, String> roleIds) {
        this.em = em;
        Set<String> known = withComposites(roleIds.values());
        this.plain = known.size() == roleIds.size() && groupsOf(known).isEmpty();
        if (!plain) {
            roleIds.forEach((role, id) -> {
                roles.put(role, withComposites(Set.of(id)));
                groups.put(role, withSubGroups(groupsOf(roles.get(role))));
            });
        }
    }

    /** Appends that the user {@code u} holds several of the four roles, in whatever way; nothing where there is but one way. */
    String orSeveral() {
        return plain ? "" : " OR 1 <> " + count();
    }

    private String count() {
        return roles.keySet().stream()
                .map(role -> "(CASE WHEN EXISTS (SELECT 1 FROM UserRoleMappingEntity has WHERE has.user = u"
                        + " AND COALESCE(has.roleId, '') IN (:roles" + role + "))" + inGroup(role)
                        + " THEN 1 ELSE 0 END)")
                .collect(Collectors.joining(" + ", "(", ")"));
    }

    void bind(Query query) {
        if (plain) {
            return;
        }
        roles.forEach((role, ids) -> query.setParameter("roles" + role, ids));
        groups.forEach((role, ids) -> {
            if (!ids.isEmpty()) {
                query.setParameter("groups" + role, ids);
            }
        });
    }

    private String inGroup(Role role) {
        return groups.get(role).isEmpty()
                ? ""
                : " OR EXISTS (SELECT 1 FROM UserGroupMembershipEntity of WHERE of.user = u AND of.groupId IN (:groups"
                        + role + "))";
    }

    private Set<String> withComposites(Collection<String> ids) {
        return closure(ids, "SELECT c.parentRole.id AS id FROM CompositeRoleEntity c WHERE c.childRole.id IN (:ids)");
    }

    private Set<String> withSubGroups(Collection<String> ids) {
        return closure(ids, "SELECT g.id AS id FROM GroupEntity g WHERE g.parentId IN (:ids)");
    }

    private Set<String> groupsOf(Collection<String> roleIds) {
        return Set.copyOf(
                select("SELECT m.group.id AS id FROM GroupRoleMappingEntity m WHERE m.roleId IN (:ids)", roleIds));
    }

    private Set<String> closure(Collection<String> start, String next) {
        Set<String> all = new HashSet<>(start);
        List<String> newest = new ArrayList<>(start);
        while (!newest.isEmpty()) {
            newest = select(next, newest).stream().filter(all::add).toList();
        }
        return all;
    }

    private List<String> select(String query, Collection<String> ids) {
        return em.createQuery(query, Tuple.class)
                .setParameter("ids", ids)
                .getResultStream()
                .map(row -> row.get("id", String.class))
                .toList();
    }
}
