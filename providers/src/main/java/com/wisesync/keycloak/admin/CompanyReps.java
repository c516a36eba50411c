package com.wisesync.keycloak.admin;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.wisesync.keycloak.account.AccountingPackage;
import com.wisesync.keycloak.account.Company;
import com.wisesync.keycloak.admin.UserReps.UserReferenceRep;
import com.wisesync.keycloak.user.CompanyChanges;
import java.util.List;

/** Companies, as the API reads and writes them. */
final class CompanyReps {

    private CompanyReps() {}

    record CompanyRep(
            String id, String name, @JsonProperty("package") String accountingPackage, long users) {

        static CompanyRep of(Company company, long users) {
            return new CompanyRep(
                    company.id(), company.name(), company.accountingPackage().id(), users);
        }
    }

    record CompanyInputRep(
            String id, String name, @JsonProperty("package") String accountingPackage) {

        Company company(String pathId) {
            Fields fields = new Fields();
            fields.require(id == null || id.equals(pathId), "id", "wiseSyncIdDiffers");
            fields.require(Company.isId(pathId), "id", "wiseSyncCompanyIdWrong");
            String checkedName = fields.text("name", name);
            fields.require(accountingPackage != null, "package", "wiseSyncFieldMissing");
            var checkedPackage =
                    fields.choice("package", accountingPackage, AccountingPackage.values(), AccountingPackage::id);
            fields.done();
            return new Company(pathId, checkedName, checkedPackage.orElseThrow());
        }
    }

    record CompanyRemovalRep(int unassigned, List<UserReferenceRep> withoutCompany) {

        static CompanyRemovalRep of(CompanyChanges.Removal removal) {
            return new CompanyRemovalRep(
                    removal.unassigned().size(),
                    removal.withoutCompany().stream()
                            .map(user -> new UserReferenceRep(user.id(), user.username()))
                            .toList());
        }
    }
}
