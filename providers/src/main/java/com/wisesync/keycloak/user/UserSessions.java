package com.wisesync.keycloak.user;

import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.mail.Emails;
import com.wisesync.keycloak.mail.Notice;
import com.wisesync.keycloak.sessions.Sessions;
import org.keycloak.models.UserModel;

/** Ends the sessions of a user on request, and notifies the user. */
public final class UserSessions {

    private final LockedUsers locked;
    private final Sessions sessions;
    private final Emails emails;

    UserSessions(LockedUsers locked, Sessions sessions, Emails emails) {
        this.locked = locked;
        this.sessions = sessions;
        this.emails = emails;
    }

    /**
     * Ends all sessions and offline sessions, and notifies the user by email.
     *
     * @throws Refusal if the account or the user no longer exists
     */
    public void end(Account account, String userId) {
        locked.lock(account);
        UserModel user = locked.lockedModel(userId);
        emails.notifyUser(user, Notice.SESSIONS_ENDED);
        sessions.end(user);
    }
}
