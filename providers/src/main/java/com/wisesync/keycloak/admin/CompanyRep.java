package com.wisesync.keycloak.admin;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.wisesync.keycloak.account.Company;

record CompanyRep(
        String id, String name, @JsonProperty("package") String accountingPackage, long users) {

    static CompanyRep of(Company company, long users) {
        return new CompanyRep(
                company.id(), company.name(), company.accountingPackage().id(), users);
    }
}
