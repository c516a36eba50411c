package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.user.CompanyChanges;
import java.util.List;

record CompanyRemovalRep(int unassigned, List<UserReferenceRep> withoutCompany) {

    static CompanyRemovalRep of(CompanyChanges.Removal removal) {
        return new CompanyRemovalRep(
                removal.unassigned().size(),
                removal.withoutCompany().stream()
                        .map(user -> new UserReferenceRep(user.id(), user.username()))
                        .toList());
    }
}
