package com.wisesync.keycloak.profile;

import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.Accounts;
import com.wisesync.keycloak.account.Company;
import com.wisesync.keycloak.role.Role;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.UserModel;
import org.keycloak.userprofile.AttributeContext;

/** Validates the assigned companies: only in the role that lists companies, and only companies of the account. */
public final class CompaniesValidator extends ProfileValidator {

    /** The id in the User Profile's configuration. */
    public static final String ID = "wise-sync-companies";

    static final String NO_ACCOUNT = "wiseSyncCompaniesNeedAccount";
    static final String WRONG_ROLE = "wiseSyncCompaniesNeedRoleUser";
    static final String UNKNOWN = "wiseSyncCompanyUnknown";

    @Override
    public String getId() {
        return ID;
    }

    @Override
    void check(List<String> values, AttributeContext attribute, Errors errors) {
        UserModel user = attribute.getUser();
        Optional<Account> account =
                user == null ? Optional.empty() : new Accounts(attribute.getSession()).findByMember(user);
        if (account.isEmpty()) {
            errors.add(NO_ACCOUNT);
        } else if (!isStored(values, user)
                && !Role.of(user).filter(Role::listsCompanies).isPresent()) {
            errors.add(WRONG_ROLE);
        } else if (values.stream().anyMatch(id -> account.get().company(id).isEmpty())) {
            errors.add(UNKNOWN);
        }
    }

    /** Stored companies are removed with the role, so an update that leaves them alone does not read the roles. */
    private static boolean isStored(List<String> values, UserModel user) {
        return values.equals(user.getAttributeStream(Company.USER_ATTRIBUTE).toList());
    }
}
