package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.Company;
import com.wisesync.keycloak.admin.CompanyReps.CompanyInputRep;
import com.wisesync.keycloak.admin.CompanyReps.CompanyRemovalRep;
import com.wisesync.keycloak.admin.CompanyReps.CompanyRep;
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

    @GET
    public List<CompanyRep> list() {
        Account account = request.caller().requireAccount(Call.LIST_COMPANIES, accountId);
        Map<String, Long> users = new UserServices(request.session()).users().usersOfCompanies(account);
        return account.companies().stream()
                .map(company -> CompanyRep.of(company, users.getOrDefault(company.id(), 0L)))
                .toList();
    }

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
}
