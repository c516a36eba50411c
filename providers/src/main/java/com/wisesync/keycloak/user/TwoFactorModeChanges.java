package com.wisesync.keycloak.user;

import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.Refusal.Reason;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.AccountChanges;
import com.wisesync.keycloak.account.AccountSettings;
import com.wisesync.keycloak.account.Accounts;
import com.wisesync.keycloak.account.TwoFactorMode;
import com.wisesync.keycloak.mail.Notice;
import java.util.List;
import java.util.Optional;

/** Changes who needs a second factor in an account, and notifies all of its account-admins. */
public final class TwoFactorModeChanges {

    private final Accounts accounts;
    private final AccountChanges changes;
    private final AdminNotices notices;

    TwoFactorModeChanges(Accounts accounts, AccountChanges changes, AdminNotices notices) {
        this.accounts = accounts;
        this.changes = changes;
        this.notices = notices;
    }

    /**
     * Sets the mode. Does nothing if the account has it already.
     *
     * @return the account after it
     * @throws Refusal if the account no longer exists, or a caller other than staff would loosen the mode
     */
    public Account set(Account account, TwoFactorMode mode, Actor actor) {
        Account current = accounts.lock(account).orElseThrow(Refusal::notFound);
        if (current.twoFactorMode() == mode) {
            return current;
        }
        if (!actor.isStaff() && mode != TwoFactorMode.REQUIRED) {
            throw new Refusal(
                    Refusal.Kind.FORBIDDEN, List.of(Reason.of("mode", "wiseSyncTwoFactorModeLoosenedBySupport")));
        }
        Account changed = changes.update(
                current, Optional.empty(), new AccountSettings(current.name(), current.psa(), mode, current.enabled()));
        notifyAdmins(changed);
        return changed;
    }

    /** Notifies the enabled account-admins that the mode has changed. */
    public void notifyAdmins(Account account) {
        notices.send(account, Notice.TWO_FACTOR_MODE_CHANGED);
    }
}
