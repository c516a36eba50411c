package com.wisesync.keycloak.account;

import com.wisesync.keycloak.Refusal;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.organization.OrganizationProvider;

/**
 * What staff do to accounts and their companies. Everything but creating wants the account {@link Accounts#lock locked}, and
 * answers it as it is then.
 */
public final class AccountChanges {

    private static final int MAX_ALIAS = 60;

    private final OrganizationProvider organizations;
    private final OrganizationProvider database;

    public AccountChanges(KeycloakSession session) {
        this.organizations = session.getProvider(OrganizationProvider.class);
        this.database = session.getProvider(OrganizationProvider.class, "jpa");
    }

    public Account create(AccountSettings settings) {
        refuseTaken(settings.name(), null);
        OrganizationModel organization = organizations.create(settings.name(), freeAlias(settings.name()));
        return update(new Account(organization), settings);
    }

    public Account update(Account account, AccountSettings settings) {
        OrganizationModel organization = account.organization();
        if (!settings.name().equals(organization.getName())) {
            refuseTaken(settings.name(), organization.getId());
            organization.setName(settings.name());
        }
        if (settings.enabled() != organization.isEnabled()) {
            organization.setEnabled(settings.enabled());
        }
        Map<String, List<String>> attributes = attributes(organization);
        put(attributes, Psa.ATTRIBUTE, settings.psa().map(Psa::id));
        put(
                attributes,
                TwoFactorMode.ATTRIBUTE,
                Optional.of(settings.twoFactorMode().id()));
        return write(organization, attributes);
    }

    public Account put(Account account, Company company) {
        Map<String, List<String>> attributes = attributes(account.organization());
        String key = Account.COMPANY_PREFIX + company.id();
        put(attributes, key, Optional.of(company.name()));
        put(
                attributes,
                key + Account.PACKAGE_SUFFIX,
                Optional.of(company.accountingPackage().id()));
        return write(account.organization(), attributes);
    }

    public Account remove(Account account, String companyId) {
        Map<String, List<String>> attributes = attributes(account.organization());
        String key = Account.COMPANY_PREFIX + companyId;
        attributes.remove(key);
        attributes.remove(key + Account.PACKAGE_SUFFIX);
        return write(account.organization(), attributes);
    }

    /** Answers the account as it is then: the model written to has emptied what it knew (OrganizationAdapter, 26.7). */
    private Account write(OrganizationModel organization, Map<String, List<String>> attributes) {
        organization.setAttributes(attributes);
        return new Account(database.getById(organization.getId()));
    }

    /** A copy, because setAttributes empties the map that getAttributes returned (OrganizationAdapter, 26.7). */
    private static Map<String, List<String>> attributes(OrganizationModel organization) {
        return new HashMap<>(organization.getAttributes());
    }

    private static void put(Map<String, List<String>> attributes, String key, Optional<String> value) {
        value.ifPresentOrElse(v -> attributes.put(key, List.of(v)), () -> attributes.remove(key));
    }

    private void refuseTaken(String name, String ownId) {
        boolean taken = organizations
                .getAllStream(name, true, 0, 2)
                .anyMatch(
                        other -> other.getName().equals(name) && !other.getId().equals(ownId));
        if (taken) {
            throw Refusal.conflict("name", "wiseSyncAccountNameTaken", name);
        }
    }

    /** Letters and digits of the name; with a number where another account was called the same. */
    private String freeAlias(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-+|-+$", "");
        String cut = plain.substring(0, Math.min(plain.length(), MAX_ALIAS));
        String alias = cut.isEmpty() ? "account" : cut;
        return Stream.concat(Stream.of(alias), IntStream.iterate(2, n -> n + 1).mapToObj(n -> alias + "-" + n))
                .filter(candidate -> organizations
                        .getAllStream(Map.of(OrganizationModel.ALIAS, candidate), 0, 1)
                        .findAny()
                        .isEmpty())
                .findFirst()
                .orElseThrow();
    }
}
