package com.wisesync.keycloak.admin;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.wisesync.keycloak.account.AccountingPackage;
import com.wisesync.keycloak.account.Company;

record CompanyInputRep(
        String id, String name, @JsonProperty("package") String accountingPackage) {

    Company company(String pathId) {
        Fields fields = new Fields();
        fields.require(id == null || id.equals(pathId), "id", "wiseSyncIdDiffers");
        fields.require(Company.isId(pathId), "id", "wiseSyncCompanyIdWrong");
        String checkedName = fields.text("name", name);
        fields.require(accountingPackage != null, "package", "wiseSyncFieldMissing");
        var checkedPackage = fields.choice("package", accountingPackage, AccountingPackage::of);
        fields.done();
        return new Company(pathId, checkedName, checkedPackage.orElseThrow());
    }
}
