package com.wisesync.keycloak.account;

import com.wisesync.keycloak.Revision;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.OrganizationModel;

/** An account, stored as a Keycloak organization. Reads go through Keycloak's cache, so repeating them is cheap. */
public final class Account {

    static final String COMPANY_PREFIX = "company.";
    static final String PACKAGE_SUFFIX = ".package";

    private final OrganizationModel organization;

    Account(OrganizationModel organization) {
        this.organization = organization;
    }

    /** The organization's id. */
    public String id() {
        return organization.getId();
    }

    /** The display name, unique in the realm. */
    public String name() {
        return organization.getName();
    }

    /** Derived from the first name of the account; never changes. */
    public String alias() {
        return organization.getAlias();
    }

    /** Whether users of this account have access. */
    public boolean enabled() {
        return organization.isEnabled();
    }

    /** Empty until the account is configured. */
    public Optional<Psa> psa() {
        return attribute(Psa.ATTRIBUTE).flatMap(Psa::find);
    }

    /** {@link TwoFactorMode#REQUIRED} if the attribute is missing or invalid. */
    public TwoFactorMode twoFactorMode() {
        return attribute(TwoFactorMode.ATTRIBUTE).flatMap(TwoFactorMode::find).orElse(TwoFactorMode.REQUIRED);
    }

    /** A hash of everything that {@link AccountSettings} replace; it changes with every edit. */
    public String version() {
        return Revision.of(List.of(
                id(), name(), psa().map(Psa::id).orElse(""), twoFactorMode().id(), String.valueOf(enabled())));
    }

    /** Sorted by name, then id. Attributes that do not form a valid company are ignored. */
    public List<Company> companies() {
        Map<String, List<String>> attributes = organization.getAttributes();
        return attributes.keySet().stream()
                .filter(key -> key.startsWith(COMPANY_PREFIX) && !key.endsWith(PACKAGE_SUFFIX))
                .flatMap(key -> company(key.substring(COMPANY_PREFIX.length()), attributes).stream())
                .sorted(Comparator.comparing(Company::name, String.CASE_INSENSITIVE_ORDER)
                        .thenComparing(Company::id))
                .toList();
    }

    /** The sorted ids of the companies, or empty if there are more than {@code max}; stops counting at {@code max} + 1. */
    public Optional<List<String>> companyIds(int max) {
        Map<String, List<String>> attributes = organization.getAttributes();
        List<String> ids = attributes.keySet().stream()
                .filter(key -> key.startsWith(COMPANY_PREFIX) && !key.endsWith(PACKAGE_SUFFIX))
                .map(key -> key.substring(COMPANY_PREFIX.length()))
                .filter(id -> company(id, attributes).isPresent())
                .limit(max + 1L)
                .toList();
        return ids.size() > max
                ? Optional.empty()
                : Optional.of(ids.stream().sorted().toList());
    }

    /** The company with this id; empty if there is none, or if it is incomplete. */
    public Optional<Company> company(String id) {
        return Company.isId(id) ? company(id, organization.getAttributes()) : Optional.empty();
    }

    /** The company whose name is stored in an attribute of an organization; empty for other attributes. */
    public static Optional<String> companyOfAttribute(String attribute) {
        return Optional.of(attribute)
                .filter(name -> name.startsWith(COMPANY_PREFIX) && !name.endsWith(PACKAGE_SUFFIX))
                .map(name -> name.substring(COMPANY_PREFIX.length()));
    }

    OrganizationModel organization() {
        return organization;
    }

    private Optional<String> attribute(String name) {
        return first(organization.getAttributes(), name);
    }

    /** The company that these attributes form; empty if there is none, or if it is incomplete. */
    static Optional<Company> company(String id, Map<String, List<String>> attributes) {
        if (!Company.isId(id)) {
            return Optional.empty();
        }
        return first(attributes, COMPANY_PREFIX + id)
                .filter(name -> !name.isBlank() && name.length() <= Company.MAX_NAME)
                .flatMap(name -> first(attributes, COMPANY_PREFIX + id + PACKAGE_SUFFIX)
                        .flatMap(AccountingPackage::find)
                        .map(accountingPackage -> new Company(id, name, accountingPackage)));
    }

    private static Optional<String> first(Map<String, List<String>> attributes, String name) {
        List<String> values = attributes.get(name);
        return values == null || values.isEmpty() ? Optional.empty() : Optional.ofNullable(values.get(0));
    }
}
