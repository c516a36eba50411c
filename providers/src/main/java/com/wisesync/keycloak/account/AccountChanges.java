package com.wisesync.keycloak.account;

import com.wisesync.keycloak.Refusal;
import jakarta.persistence.EntityManager;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.OrganizationModel;
import org.keycloak.organization.OrganizationProvider;

/** Creates and changes accounts and their companies. Every change is flushed, so that the database's refusals surface here. */
public final class AccountChanges {

    private static final int MAX_ALIAS = 60;

    private final Accounts accounts;
    private final OrganizationProvider organizations;
    private final OrganizationProvider database;
    private final EntityManager em;

    /** @param session its context names the realm */
    public AccountChanges(KeycloakSession session) {
        this.accounts = new Accounts(session);
        this.organizations = session.getProvider(OrganizationProvider.class);
        this.database = session.getProvider(OrganizationProvider.class, "jpa");
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /**
     * Creates an account.
     *
     * @throws Refusal if the name is taken
     */
    public Account create(AccountSettings settings) {
        return refusingTakenName(settings, () -> {
            refuseTaken(settings.name(), null);
            OrganizationModel organization = organizations.create(settings.name(), freeAlias(settings.name()));
            return write(organization, settings);
        });
    }

    /**
     * Locks the account and replaces its settings.
     *
     * @param versions the versions of which one must be current; empty to overwrite any
     * @throws Refusal if the account no longer exists, has been edited since, or the name is taken
     */
    public Account update(Account account, Optional<Set<String>> versions, AccountSettings settings) {
        Account locked = accounts.lock(account).orElseThrow(Refusal::notFound);
        if (versions.filter(any -> !any.contains(locked.version())).isPresent()) {
            throw Refusal.of(Refusal.Kind.STALE, "wiseSyncStale", locked.name());
        }
        return refusingTakenName(settings, () -> {
            if (!settings.name().equals(locked.name())) {
                refuseTaken(settings.name(), locked.id());
            }
            return write(locked.organization(), settings);
        });
    }

    /** Adds or replaces a company of an account that is {@link Accounts#lock locked}, and returns the account after it. */
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

    /** Removes a company from an account that is {@link Accounts#lock locked}, and returns the account after it. */
    public Account remove(Account account, String companyId) {
        Map<String, List<String>> attributes = attributes(account.organization());
        String key = Account.COMPANY_PREFIX + companyId;
        attributes.remove(key);
        attributes.remove(key + Account.PACKAGE_SUFFIX);
        return write(account.organization(), attributes);
    }

    private Account write(OrganizationModel organization, AccountSettings settings) {
        if (!settings.name().equals(organization.getName())) {
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

    /** Reads the account again: setAttributes leaves the model without attributes (OrganizationAdapter, 26.7). */
    private Account write(OrganizationModel organization, Map<String, List<String>> attributes) {
        organization.setAttributes(attributes);
        em.flush();
        return new Account(database.getById(organization.getId()));
    }

    /** A copy: setAttributes empties the map that getAttributes returned (OrganizationAdapter, 26.7). */
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
            throw taken(name);
        }
    }

    /** Of two accounts created at once with one name, the database refuses the second. */
    private static Account refusingTakenName(AccountSettings settings, Supplier<Account> change) {
        try {
            return change.get();
        } catch (ModelDuplicateException e) {
            throw taken(settings.name());
        }
    }

    private static Refusal taken(String name) {
        return Refusal.conflict("name", "wiseSyncAccountNameTaken", name);
    }

    /** The letters and digits of the name, followed by a number if another account has this alias. */
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
