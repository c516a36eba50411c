package com.wisesync.keycloak.user;

import com.wisesync.keycloak.LastLogin;
import com.wisesync.keycloak.SearchWords;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.Company;
import com.wisesync.keycloak.account.ScimLink;
import com.wisesync.keycloak.mail.Emails;
import com.wisesync.keycloak.mail.Invitations;
import com.wisesync.keycloak.role.Role;
import jakarta.persistence.Query;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.keycloak.models.RealmModel;
import org.keycloak.models.credential.PasswordCredentialModel;

/**
 * The conditions of a {@link UserQuery} as HQL, with their parameters.
 *
 * <p>Roles and attributes are counted, where EXISTS would read better: PostgreSQL turns EXISTS into joins, which read 25,000,000
 * rows for an account of 5,000 users while its statistics are older than a large import.
 */
final class UserFilter {

    /** The text that is searched. */
    private static final String SEARCHED =
            "CONCAT(u.username, ' ', COALESCE(u.email, ''), ' ', COALESCE(u.firstName, ''), ' ', COALESCE(u.lastName, ''))";

    /** Null if the user has never logged in. */
    private static final String LAST_LOGIN = "(SELECT MAX(la.value) FROM UserAttributeEntity la WHERE la.user = u AND "
            + AccountUsers.named("la", LastLogin.ATTRIBUTE) + ")";

    private final List<String> conditions = new ArrayList<>();
    private final List<Consumer<Query>> values = new ArrayList<>();
    private final Map<Role, String> roleIds;
    private final String words;

    UserFilter(RealmModel realm, Account account, UserQuery query) {
        this(realm, account, query, query.role().orElse(null));
    }

    UserFilter(RealmModel realm, Account account, UserQuery query, Role role) {
        this.roleIds = Role.idsIn(realm);
        values.add(q -> q.setParameter("account", account.id()).setParameter("realm", realm.getId()));
        SearchWords words = SearchWords.of(query.search().orElse(""));
        this.words = words.conditions(SEARCHED);
        values.add(words::bind);
        Optional.ofNullable(role).ifPresent(this::role);
        query.company().ifPresent(this::company);
        query.enabled().ifPresent(enabled -> {
            conditions.add("u.enabled = :enabled");
            values.add(q -> q.setParameter("enabled", enabled));
        });
        query.invited().ifPresent(this::invited);
        query.idleDays().ifPresent(this::idle);
        query.neverLoggedIn().ifPresent(this::neverLoggedIn);
        if (query.managedByDirectory()) {
            managedByDirectory();
        }
    }

    String conditions() {
        return conditions.stream().map(condition -> " AND " + condition).collect(Collectors.joining("", words, ""));
    }

    void bind(Query query) {
        values.forEach(value -> value.accept(query));
    }

    /** As {@link Invitations#hasUsedAccount}. */
    private void invited(boolean invited) {
        conditions.add((invited ? "" : "NOT ")
                + "(NOT EXISTS (SELECT 1 FROM CredentialEntity pc WHERE pc.user = u AND pc.type = :passwordType) AND"
                + " EXISTS (SELECT 1 FROM OutboxEntryEntity ie WHERE ie.ownerId = CONCAT(:invitationQueue, u.id) AND"
                + " ie.entryKind = :mailKind) AND " + LAST_LOGIN + " IS NULL)");
        values.add(q -> q.setParameter("passwordType", PasswordCredentialModel.TYPE)
                .setParameter("mailKind", Emails.KIND)
                .setParameter("invitationQueue", Invitations.QUEUE));
    }

    private void idle(int days) {
        conditions.add(LAST_LOGIN + " <= :lastLoginBefore");
        values.add(q -> q.setParameter(
                "lastLoginBefore", LocalDate.now(ZoneOffset.UTC).minusDays(days).toString()));
    }

    private void neverLoggedIn(boolean never) {
        conditions.add(LAST_LOGIN + (never ? " IS NULL" : " IS NOT NULL"));
    }

    private void managedByDirectory() {
        conditions.add("0 < (SELECT COUNT(sl.id) FROM UserAttributeEntity sl WHERE sl.user = u AND "
                + AccountUsers.named("sl", ScimLink.ATTRIBUTE) + " AND sl.value IN (:managed))");
        conditions.add(
                "0 = (SELECT COUNT(ar.roleId) FROM UserRoleMappingEntity ar WHERE ar.user = u AND ar.roleId = :admins)");
        values.add(q -> q.setParameter("managed", ScimLink.managedValues())
                .setParameter("admins", roleIds.getOrDefault(Role.ACCOUNT_ADMIN, "")));
    }

    private void role(Role role) {
        conditions.add(AccountUsers.hasOnlyRole("heldRole"));
        values.add(q -> AccountUsers.bindRoles(q.setParameter("heldRole", roleIds.get(role)), roleIds));
    }

    private void company(String id) {
        conditions.add("0 < (SELECT COUNT(ca.id) FROM UserAttributeEntity ca WHERE ca.user = u AND "
                + AccountUsers.named("ca", Company.USER_ATTRIBUTE) + " AND ca.value = :company)");
        values.add(q -> q.setParameter("company", id));
        if (conditions.stream().noneMatch(condition -> condition.contains(":heldRole"))) {
            role(Role.USER);
        }
    }
}
