package com.wisesync.keycloak.claims;

import com.wisesync.keycloak.access.Access;
import java.util.List;
import java.util.Map;
import org.keycloak.representations.IDToken;

/** Writes and removes the claims. Their names and values are the contract with applications. */
final class AccountClaims {

    static final String ACCOUNT = "account";
    static final String ROLE = "account_role";
    static final String COMPANY_ACCESS = "company_access";
    static final String COMPANIES = "companies";

    private AccountClaims() {}

    /**
     * Sets the claims of a user with access.
     *
     * @param maxCompanies the longest list of companies; a longer one is omitted
     */
    static void set(IDToken token, Access access, int maxCompanies) {
        Map<String, Object> claims = token.getOtherClaims();
        claims.put(
                ACCOUNT,
                Map.of("id", access.account().id(), "name", access.account().name()));
        claims.put(ROLE, access.role().roleName());
        claims.put(COMPANY_ACCESS, access.companyAccess());
        access.companies(maxCompanies)
                .ifPresentOrElse(companies -> claims.put(COMPANIES, companies), () -> claims.remove(COMPANIES));
    }

    /** Removes all claims: introspection starts with the token as it was issued. */
    static void clear(IDToken token) {
        token.getOtherClaims().keySet().removeAll(List.of(ACCOUNT, ROLE, COMPANY_ACCESS, COMPANIES));
    }
}
