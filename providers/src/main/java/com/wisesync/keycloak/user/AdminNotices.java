package com.wisesync.keycloak.user;

import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.mail.Emails;
import com.wisesync.keycloak.mail.Notice;
import org.keycloak.models.KeycloakSession;

/** Emails a notice to all enabled account-admins of an account. */
final class AdminNotices {

    /** More account-admins than any account has; those after it are not notified. */
    private static final int MAX_NOTIFIED = 500;

    private final KeycloakSession session;
    private final AccountUsers users;
    private final Emails emails;

    AdminNotices(KeycloakSession session, AccountUsers users, Emails emails) {
        this.session = session;
        this.users = users;
        this.emails = emails;
    }

    /** Queues the emails; they are sent after the commit. */
    void send(Account account, Notice notice) {
        users.page(account, UserQuery.enabledAdmins(0, MAX_NOTIFIED)).users().stream()
                .map(admin -> session.users().getUserById(session.getContext().getRealm(), admin.id()))
                .forEach(admin -> emails.notifyUser(admin, notice));
    }
}
