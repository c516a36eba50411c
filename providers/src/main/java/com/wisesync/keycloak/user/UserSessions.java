package com.wisesync.keycloak.user;

import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.Accounts;
import com.wisesync.keycloak.mail.Emails;
import com.wisesync.keycloak.mail.Notice;
import com.wisesync.keycloak.sessions.Sessions;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/** Ends the sessions of a user on request, and notifies the user. */
public final class UserSessions {

    private final KeycloakSession session;
    private final Accounts accounts;
    private final Sessions sessions;
    private final Emails emails;

    /** @param session its context names the realm */
    public UserSessions(KeycloakSession session) {
        this.session = session;
        this.accounts = new Accounts(session);
        this.sessions = new Sessions(session);
        this.emails = new Emails(session);
    }

    /**
     * Ends all sessions and offline sessions, and notifies the user by email.
     *
     * @throws Refusal if the account or the user no longer exists
     */
    public void end(Account account, String userId) {
        accounts.lockForUserChange(account).orElseThrow(Refusal::notFound);
        UserModel user = Optional.ofNullable(
                        session.users().getUserById(session.getContext().getRealm(), userId))
                .orElseThrow(Refusal::notFound);
        emails.notifyUser(user, Notice.SESSIONS_ENDED);
        sessions.end(user);
    }
}
