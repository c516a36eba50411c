package com.wisesync.keycloak.account;

import com.wisesync.keycloak.Refusal;
import jakarta.persistence.EntityManager;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.jpa.entities.OrganizationEntity;
import org.keycloak.organization.OrganizationProvider;

/** Creates and changes accounts and their companies. Every change is flushed, so that the database's refusals surface here. */
public final class AccountChanges {

    private static final int MAX_ALIAS = 60;

    private final KeycloakSession session;
    private final Accounts accounts;
    private final OrganizationProvider organizations;
    private final OrganizationProvider database;
    private final EntityManager em;

    /** @param session its context names the realm */
    public AccountChanges(KeycloakSession session) {
        this.session = session;
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
        String key = Account.COMPANY_PREFIX + company.id();
        return write(
                account.organization(),
                Map.of(
                        key,
                        Optional.of(company.name()),
                        key + Account.PACKAGE_SUFFIX,
                        Optional.of(company.accountingPackage().id())));
    }

    /** Removes a company from an account that is {@link Accounts#lock locked}, and returns the account after it. */
    public Account remove(Account account, String companyId) {
        String key = Account.COMPANY_PREFIX + companyId;
        return write(
                account.organization(), Map.of(key, Optional.empty(), key + Account.PACKAGE_SUFFIX, Optional.empty()));
    }

    private Account write(OrganizationModel organization, AccountSettings settings) {
        if (!settings.name().equals(organization.getName())) {
            organization.setName(settings.name());
        }
        if (settings.enabled() != organization.isEnabled()) {
            organization.setEnabled(settings.enabled());
        }
        return write(
                organization,
                Map.of(
                        Psa.ATTRIBUTE, settings.psa().map(Psa::id),
                        TwoFactorMode.ATTRIBUTE,
                                Optional.of(settings.twoFactorMode().id())));
    }

    /**
     * Writes attributes and leaves the others. OrganizationModel#setAttributes takes all of them and compares each with all
     * (GroupAdapter#setAttribute, 26.7.4), which takes seconds in an account of thousands of companies.
     *
     * @param changed the values by name; empty to remove an attribute
     */
    private Account write(OrganizationModel organization, Map<String, Optional<String>> changed) {
        KeycloakContext context = session.getContext();
        OrganizationModel before = context.getOrganization();
        // As OrganizationAdapter#setAttributes does: otherwise Keycloak refuses to change the group of an organization.
        context.setOrganization(organization);
        try {
            GroupModel group = context.getRealm().getGroupById(groupId(organization));
            changed.forEach((name, value) -> value.ifPresentOrElse(
                    present -> group.setSingleAttribute(name, present), () -> group.removeAttribute(name)));
        } finally {
            context.setOrganization(before);
        }
        em.flush();
        return new Account(database.getById(organization.getId()));
    }

    private String groupId(OrganizationModel organization) {
        return em.find(OrganizationEntity.class, organization.getId()).getGroupId();
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
