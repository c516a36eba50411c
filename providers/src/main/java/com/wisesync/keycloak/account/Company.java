package com.wisesync.keycloak.account;

/**
 * A company of an account, connected to one file of an accounting package.
 *
 * @param id unique in the account, {@code [a-z0-9-]{1,64}}
 * @param name the display name, 1 to {@value #MAX_NAME} characters (the limit of an organization's attribute)
 * @param accountingPackage the accounting package that the company uses
 */
public record Company(String id, String name, AccountingPackage accountingPackage) {

    /** The user attribute with the ids of the assigned companies, one per value. */
    public static final String USER_ATTRIBUTE = "companies";

    /** The longest name, which is also the longest value of an attribute. */
    public static final int MAX_NAME = 255;

    private static final int MAX_ID = 64;

    /** @throws IllegalArgumentException if a value is missing or invalid */
    public Company {
        if (!isId(id)) {
            throw new IllegalArgumentException("A company's id has 1 to 64 characters out of a-z, 0-9 and -");
        }
        if (name == null || name.isBlank() || name.length() > MAX_NAME) {
            throw new IllegalArgumentException("A company's name has 1 to " + MAX_NAME + " characters");
        }
        if (accountingPackage == null) {
            throw new IllegalArgumentException("A company belongs to an accounting package");
        }
    }

    /** Whether the text is a valid id of a company; null is not. */
    public static boolean isId(String id) {
        return id != null
                && !id.isEmpty()
                && id.length() <= MAX_ID
                && id.chars().allMatch(Company::isOfId);
    }

    private static boolean isOfId(int c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-';
    }
}
