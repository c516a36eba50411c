package com.wisesync.keycloak.admin;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.AccountingPackage;
import com.wisesync.keycloak.account.Company;
import com.wisesync.keycloak.admin.Types.Body;
import com.wisesync.keycloak.admin.UserReps.UserReferenceRep;
import com.wisesync.keycloak.admin.UserReps.UserRep;
import com.wisesync.keycloak.user.CompanyChanges;
import com.wisesync.keycloak.user.UserServices;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.events.admin.OperationType;

/** The companies of an account. */
@Produces(MediaType.APPLICATION_JSON)
public final class CompaniesResource {

    private final Request request;
    private final String accountId;

    CompaniesResource(Request request, String accountId) {
        this.request = request;
        this.accountId = accountId;
    }

    /** All companies of the account, with the number of their users. */
    @GET
    public List<CompanyRep> list() {
        Account account = request.caller().requireAccount(Call.LIST_COMPANIES, accountId);
        Map<String, Long> users = new UserServices(request.session()).users().usersOfCompanies(account);
        return account.companies().stream()
                .map(company -> CompanyRep.of(company, users.getOrDefault(company.id(), 0L)))
                .toList();
    }

    /** Connects a company, or changes its name or accounting package. */
    @PUT
    @Path("{company}")
    @Consumes(MediaType.APPLICATION_JSON)
    public CompanyRep put(@PathParam("company") String companyId, @Body(CompanyInputRep.class) InputStream body) {
        Account account = request.caller().requireAccount(Call.PUT_COMPANY, accountId);
        Company company = JsonBody.read(body, CompanyInputRep.class).company(companyId);
        Optional<Company> before =
                new UserServices(request.session()).companies().put(account, company);
        request.audit()
                .company(
                        before.isPresent() ? OperationType.UPDATE : OperationType.CREATE,
                        account,
                        companyId,
                        before.orElse(null),
                        company);
        Map<String, Long> users = new UserServices(request.session()).users().usersOfCompanies(account);
        return CompanyRep.of(company, users.getOrDefault(companyId, 0L));
    }

    /** Disconnects a company and unassigns its users; does nothing if the account has no such company. */
    @DELETE
    @Path("{company}")
    public CompanyRemovalRep delete(@PathParam("company") String companyId) {
        Account account = request.caller().requireAccount(Call.DELETE_COMPANY, accountId);
        if (!Company.isId(companyId)) {
            throw Refusal.invalid("id", "wiseSyncCompanyIdWrong");
        }
        CompanyChanges.Removal removal =
                new UserServices(request.session()).companies().remove(account, companyId);
        AuditTrail audit = request.audit();
        removal.unassigned()
                .forEach(change -> audit.user(
                        OperationType.UPDATE,
                        account,
                        change.after().id(),
                        null,
                        UserRep.of(change.before()),
                        UserRep.of(change.after())));
        removal.company().ifPresent(company -> audit.company(OperationType.DELETE, account, companyId, company, null));
        return CompanyRemovalRep.of(removal);
    }

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
