package com.wisesync.keycloak.claims;

import com.wisesync.keycloak.access.Access;
import java.util.List;
import java.util.Map;
import org.keycloak.representations.IDToken;

/** The claims of a user with access, and their absence. Names and values are the contract with applications. */
final class AccountClaims {

    static final String ACCOUNT = "account";
    static final String ROLE = "account_role";
    static final String COMPANY_ACCESS = "company_access";
    static final String COMPANIES = "companies";

    private AccountClaims() {}

    /**
     * Sets them in this token.
     *
     * @param maxCompanies how many companies are listed at most; with more of them, none is
     */
    static void set(IDToken token, Access access, int maxCompanies) {
        Map<String, Object> claims = token.getOtherClaims();
        claims.put(
                ACCOUNT,
                Map.of("id", access.account().id(), "name", access.account().name()));
        claims.put(ROLE, access.role().roleName());
        claims.put(COMPANY_ACCESS, companyAccess(access));
        access.companies(maxCompanies)
                .ifPresentOrElse(companies -> claims.put(COMPANIES, companies), () -> claims.remove(COMPANIES));
    }

    /** Introspection starts from the token as it was issued, so that what holds no longer has to go. */
    static void clear(IDToken token) {
        token.getOtherClaims().keySet().removeAll(List.of(ACCOUNT, ROLE, COMPANY_ACCESS, COMPANIES));
    }

    private static String companyAccess(Access access) {
        return switch (access.role()) {
            case ACCOUNT_ADMIN -> "all";
            case USER -> "listed";
            case MERCHANT_ADMIN, MERCHANT_USER -> "none";
        };
    }
}
