package com.wisesync.keycloak.user;

import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.Refusal.Reason;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.AccountChanges;
import com.wisesync.keycloak.account.AccountSettings;
import com.wisesync.keycloak.account.Accounts;
import com.wisesync.keycloak.account.TwoFactorMode;
import com.wisesync.keycloak.mail.Emails;
import com.wisesync.keycloak.mail.Notice;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/** Changes who needs a second factor in an account, and notifies all of its account-admins. */
public final class TwoFactorModeChanges {

    /** More account-admins than any account has; those after it are not notified. */
    private static final int MAX_NOTIFIED = 500;

    private final KeycloakSession session;
    private final Accounts accounts;
    private final AccountChanges changes;
    private final AccountUsers users;
    private final Emails emails;

    /** @param session its context names the realm */
    public TwoFactorModeChanges(KeycloakSession session) {
        this.session = session;
        this.accounts = new Accounts(session);
        this.changes = new AccountChanges(session);
        this.users = new AccountUsers(session);
        this.emails = new Emails(session);
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
        users.page(account, UserQuery.enabledAdmins(0, MAX_NOTIFIED)).users().stream()
                .map(admin -> session.users().getUserById(session.getContext().getRealm(), admin.id()))
                .forEach(admin -> emails.notifyUser(admin, Notice.TWO_FACTOR_MODE_CHANGED));
    }
}
