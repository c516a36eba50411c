package com.wisesync.keycloak.account;

import com.wisesync.keycloak.Refusal;
import jakarta.persistence.EntityManager;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.cache.CacheRealmProvider;
import org.keycloak.models.jpa.entities.GroupAttributeEntity;
import org.keycloak.models.jpa.entities.GroupEntity;
import org.keycloak.models.jpa.entities.OrganizationEntity;
import org.keycloak.models.utils.KeycloakModelUtils;
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

    /**
     * Adds or replaces a company of an account that is {@link Accounts#lock locked}. Reads and writes no other company.
     *
     * @return the company before; empty if the account had no such company, or an incomplete one
     */
    public Optional<Company> put(Account account, Company company) {
        String key = Account.COMPANY_PREFIX + company.id();
        String packageKey = key + Account.PACKAGE_SUFFIX;
        List<GroupAttributeEntity> stored = stored(groupId(account.organization()), Set.of(key, packageKey));
        Optional<Company> before = Account.company(
                company.id(),
                stored.stream()
                        .collect(Collectors.groupingBy(
                                GroupAttributeEntity::getName,
                                Collectors.mapping(GroupAttributeEntity::getValue, Collectors.toList()))));
        // Through Keycloak's own API, an attribute may have got several values; here it has one afterwards.
        boolean isUnchanged =
                stored.size() == 2 && before.filter(company::equals).isPresent();
        if (!isUnchanged) {
            write(
                    account.organization(),
                    Map.of(
                            key,
                            Optional.of(company.name()),
                            packageKey,
                            Optional.of(company.accountingPackage().id())));
        }
        return before;
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
     * Writes attributes, and neither reads nor checks the others. Keycloak's models do both (OrganizationAdapter#setAttributes and
     * GroupAdapter#setSingleAttribute, 26.7.4), which takes a long time in an account of thousands of companies.
     *
     * @param changed the values by name; empty to remove an attribute
     */
    private Account write(OrganizationModel organization, Map<String, Optional<String>> changed) {
        em.flush();
        GroupEntity group = em.find(GroupEntity.class, groupId(organization));
        Map<String, List<GroupAttributeEntity>> stored = stored(group.getId(), changed.keySet()).stream()
                .collect(Collectors.groupingBy(GroupAttributeEntity::getName));
        changed.forEach((name, value) -> write(group, name, stored.getOrDefault(name, List.of()), value));
        em.flush();
        em.refresh(group);
        evictFromCaches(organization, group.getId());
        return new Account(database.getById(organization.getId()));
    }

    /** As GroupAdapter does after each change (26.7.4): all nodes read the account again. */
    private void evictFromCaches(OrganizationModel organization, String groupId) {
        KeycloakContext context = session.getContext();
        OrganizationModel before = context.getOrganization();
        // Otherwise Keycloak refuses the change of an organization's group (JpaOrganizationProviderFactory, 26.7.4).
        context.setOrganization(organization);
        try {
            GroupModel.GroupUpdatedEvent.fire(context.getRealm().getGroupById(groupId), session);
        } finally {
            context.setOrganization(before);
        }
        session.getProvider(CacheRealmProvider.class).registerGroupInvalidation(groupId);
    }

    private void write(GroupEntity group, String name, List<GroupAttributeEntity> stored, Optional<String> value) {
        stored.stream().skip(value.isPresent() ? 1 : 0).forEach(em::remove);
        value.ifPresent(present -> {
            GroupAttributeEntity attribute = stored.isEmpty() ? new GroupAttributeEntity() : stored.get(0);
            attribute.setValue(present);
            if (stored.isEmpty()) {
                attribute.setId(KeycloakModelUtils.generateId());
                attribute.setGroup(group);
                attribute.setName(name);
                em.persist(attribute);
            }
        });
    }

    private List<GroupAttributeEntity> stored(String groupId, Set<String> names) {
        return em.createQuery(
                        "SELECT a FROM GroupAttributeEntity a WHERE a.group.id = :group AND a.name IN :names ORDER BY a.id",
                        GroupAttributeEntity.class)
                .setParameter("group", groupId)
                .setParameter("names", names)
                .getResultList();
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
