package com.wisesync.keycloak.account;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.organization.OrganizationProvider;

/**
 * Reads and writes {@link ScimSettings}. They are attributes of the organization and are read from the database: a revoked
 * token is invalid on every node with the commit, while caches learn of it only afterwards.
 */
public final class ScimAccounts {

    private final KeycloakSession session;
    private final EntityManager em;

    /** @param session its context names the realm */
    public ScimAccounts(KeycloakSession session) {
        this.session = session;
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /** The settings of an account in one statement; empty if there is no such account. */
    public Optional<ScimSettings> read(String accountId) {
        List<Tuple> rows = em.createQuery(
                        "SELECT o.enabled AS enabled, a.name AS name, a.value AS value FROM OrganizationEntity o"
                                + " LEFT JOIN GroupAttributeEntity a ON a.group.id = o.groupId AND a.name LIKE 'scim.%'"
                                + " WHERE o.id = :account AND o.realmId = :realm",
                        Tuple.class)
                .setParameter("account", accountId)
                .setParameter("realm", session.getContext().getRealm().getId())
                .getResultList();
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        Map<String, List<String>> attributes = rows.stream()
                .filter(row -> row.get("name") != null && row.get("value") != null)
                .collect(Collectors.groupingBy(
                        row -> row.get("name", String.class),
                        Collectors.mapping(row -> row.get("value", String.class), Collectors.toList())));
        return Optional.of(ScimSettings.of(rows.get(0).get("enabled", Boolean.class), attributes));
    }

    /** Adds a token to an account that is {@link Accounts#lock locked}. */
    public void add(Account account, ScimToken token) {
        write(account, ScimSettings.TOKEN + token.id(), List.of(token.value()));
    }

    /** Removes a token from an account that is {@link Accounts#lock locked}. */
    public void remove(Account account, ScimToken token) {
        write(account, ScimSettings.TOKEN + token.id(), List.of());
    }

    /** Sets the companies of new users in an account that is {@link Accounts#lock locked}, and returns the account after it. */
    public Account setDefaultCompanies(Account account, List<String> companies) {
        write(account, ScimSettings.DEFAULT_COMPANIES, companies);
        return new Account(freshModel(account));
    }

    private void write(Account account, String name, List<String> values) {
        OrganizationModel organization = freshModel(account);
        Map<String, List<String>> attributes = new HashMap<>(organization.getAttributes());
        if (values.isEmpty()) {
            attributes.remove(name);
        } else {
            attributes.put(name, values);
        }
        organization.setAttributes(attributes);
        em.flush();
    }

    /** Each model is written once: setAttributes removes entries of the map that getAttributes returns (OrganizationAdapter, 26.7). */
    private OrganizationModel freshModel(Account account) {
        return session.getProvider(OrganizationProvider.class, "jpa").getById(account.id());
    }
}
