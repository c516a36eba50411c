package com.wisesync.keycloak.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.wisesync.keycloak.Refusal.Reason;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.AccountSettings;
import com.wisesync.keycloak.account.Psa;
import com.wisesync.keycloak.account.TwoFactorMode;
import com.wisesync.keycloak.user.AccountWarnings;
import java.util.List;
import java.util.Map;

/** Accounts as the API shows them, with their warnings. */
final class AccountReps {

    private final AccountWarnings warnings;
    private final Texts texts;

    AccountReps(Request request) {
        this.warnings = new AccountWarnings(request.session());
        this.texts = request.texts();
    }

    AccountRep of(Account account) {
        return of(List.of(account)).get(0);
    }

    List<AccountRep> of(List<Account> accounts) {
        Map<String, List<Reason>> found = warnings.of(accounts);
        return accounts.stream()
                .map(account -> AccountRep.of(
                        account,
                        found.get(account.id()).stream().map(this::shown).toList()))
                .toList();
    }

    private WarningRep shown(Reason warning) {
        return new WarningRep(warning.key(), texts.format(warning));
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AccountRep(
            String id,
            String name,
            String alias,
            String psa,
            String twoFactorMode,
            boolean enabled,
            int companies,
            List<WarningRep> warnings) {

        static AccountRep of(Account account, List<WarningRep> warnings) {
            return new AccountRep(
                    account.id(),
                    account.name(),
                    account.alias(),
                    account.psa().map(Psa::id).orElse(null),
                    account.twoFactorMode().id(),
                    account.enabled(),
                    account.companies().size(),
                    warnings);
        }
    }

    record AccountInputRep(String id, String name, String psa, String twoFactorMode, Boolean enabled) {

        /** The settings of a new account; whatever is missing has its default. */
        AccountSettings created() {
            Fields fields = new Fields();
            fields.require(id == null, "id", "wiseSyncFieldUnknown");
            return settings(fields);
        }

        /** The settings that replace those of the account in the path; every field is required. */
        AccountSettings replacing(String pathId) {
            Fields fields = new Fields();
            fields.require(id == null || id.equals(pathId), "id", "wiseSyncIdDiffers");
            fields.require(psa != null, "psa", "wiseSyncFieldMissing");
            fields.require(twoFactorMode != null, "twoFactorMode", "wiseSyncFieldMissing");
            fields.require(enabled != null, "enabled", "wiseSyncFieldMissing");
            return settings(fields);
        }

        private AccountSettings settings(Fields fields) {
            String checkedName = fields.text("name", name);
            var checkedPsa = fields.choice("psa", psa, Psa.values(), Psa::id);
            var mode = fields.choice("twoFactorMode", twoFactorMode, TwoFactorMode.values(), TwoFactorMode::id);
            fields.done();
            return new AccountSettings(
                    checkedName, checkedPsa, mode.orElse(TwoFactorMode.REQUIRED), enabled == null || enabled);
        }
    }

    /** The two-factor mode to set. */
    record TwoFactorModeRep(String mode) {

        TwoFactorMode checked() {
            Fields fields = new Fields();
            fields.require(mode != null, "mode", "wiseSyncFieldMissing");
            var checked = fields.choice("mode", mode, TwoFactorMode.values(), TwoFactorMode::id);
            fields.done();
            return checked.orElseThrow();
        }
    }

    record AccountPageRep(long total, List<AccountRep> accounts) {}

    record AccountReferenceRep(String id, String name) {}

    /** A problem of an account that needs attention. */
    record WarningRep(String key, String message) {}
}
