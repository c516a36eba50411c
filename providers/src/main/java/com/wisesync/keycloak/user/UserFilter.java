package com.wisesync.keycloak.user;

import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.role.Role;
import jakarta.persistence.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.keycloak.models.RealmModel;

/** The conditions that a query of users asks for, and what they compare with. */
final class UserFilter {

    private final List<String> conditions = new ArrayList<>();
    private final List<Consumer<Query>> values = new ArrayList<>();
    private final Map<Role, String> roleIds;

    UserFilter(RealmModel realm, Account account, UserQuery query) {
        this(realm, account, query, query.role().orElse(null));
    }

    UserFilter(RealmModel realm, Account account, UserQuery query, Role role) {
        this.roleIds = Role.idsIn(realm);
        values.add(q -> q.setParameter("account", account.id()).setParameter("realm", realm.getId()));
        query.search().ifPresent(this::search);
        Optional.ofNullable(role).ifPresent(this::role);
        query.company().ifPresent(this::company);
        query.enabled().ifPresent(enabled -> {
            conditions.add("u.enabled = :enabled");
            values.add(q -> q.setParameter("enabled", enabled));
        });
    }

    String conditions() {
        return conditions.stream().map(condition -> " AND " + condition).collect(Collectors.joining());
    }

    void bind(Query query) {
        values.forEach(value -> value.accept(query));
    }

    private void search(String text) {
        conditions.add(
                "(LOWER(u.username) LIKE :search ESCAPE '!' OR LOWER(u.email) LIKE :search ESCAPE '!'"
                        + " OR LOWER(CONCAT(COALESCE(u.firstName, ''), ' ', COALESCE(u.lastName, ''))) LIKE :search ESCAPE '!')");
        String escaped = text.toLowerCase(Locale.ROOT).replaceAll("[!%_]", "!$0");
        values.add(q -> q.setParameter("search", "%" + escaped + "%"));
    }

    private void role(Role role) {
        conditions.add(
                "EXISTS (SELECT 1 FROM UserRoleMappingEntity held WHERE held.user = u AND held.roleId = :heldRole)"
                        + " AND 1 = " + AccountUsers.ROLES);
        values.add(q -> AccountUsers.bindRoles(q.setParameter("heldRole", roleIds.get(role)), roleIds));
    }

    private void company(String id) {
        conditions.add("EXISTS (SELECT 1 FROM UserAttributeEntity ca"
                + " WHERE ca.user = u AND ca.name = 'companies' AND ca.value = :company)");
        values.add(q -> q.setParameter("company", id));
        if (conditions.stream().noneMatch(condition -> condition.contains(":heldRole"))) {
            role(Role.USER);
        }
    }
}
