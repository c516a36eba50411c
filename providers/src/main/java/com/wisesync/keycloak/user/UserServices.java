package com.wisesync.keycloak.user;

import com.wisesync.keycloak.LoginNameClaims;
import com.wisesync.keycloak.account.AccountChanges;
import com.wisesync.keycloak.account.Accounts;
import com.wisesync.keycloak.account.ScimAccounts;
import com.wisesync.keycloak.mail.Emails;
import com.wisesync.keycloak.sessions.Sessions;
import com.wisesync.keycloak.twofactor.Lockout;
import jakarta.persistence.EntityManager;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Wires the use cases on users of accounts, in the realm of the session's context. */
public final class UserServices {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final EntityManager em;
    private final Accounts accounts;
    private final AccountUsers users;
    private final LockedUsers locked;

    /** @param session with the realm in its context */
    public UserServices(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.accounts = new Accounts(session);
        this.users = new AccountUsers(session);
        this.locked = new LockedUsers(session, accounts, users);
    }

    /** Reads users. */
    public AccountUsers users() {
        return users;
    }

    /** Edits users. */
    public UserEditing editing() {
        return new UserEditing(
                realm, em, locked, users, names(), data(), new Sessions(session), new Emails(session), invitation());
    }

    /** Disables and enables users. */
    public UserStatus status() {
        return new UserStatus(em, locked, users, new Lockout(session), new Emails(session), invitation());
    }

    /** Changes credentials. */
    public UserCredentials credentials() {
        return new UserCredentials(
                em, locked, new Passwords(session), new Lockout(session), new Sessions(session), new Emails(session));
    }

    /** Sends invitations again and revokes them. */
    public InvitationChanges invitations() {
        return new InvitationChanges(em, locked, new Emails(session));
    }

    /** Creates users. */
    public UserCreation creation() {
        return new UserCreation(
                realm, em, accounts, users, names(), data(), new Passwords(session), new Emails(session));
    }

    /** Creates many users at once. */
    public UserImport importing() {
        return new UserImport(session, em, accounts, users, creation(), names(), data(), new Passwords(session));
    }

    /** Ends sessions. */
    public UserSessions sessions() {
        return new UserSessions(locked, new Sessions(session), new Emails(session));
    }

    /** Changes many users at once. */
    public BulkChanges bulk() {
        return new BulkChanges(session, em, locked, users, status(), new Emails(session), invitation());
    }

    /** The users that the directory of an account manages. */
    public DirectoryUsers directory() {
        return new DirectoryUsers(realm, em, locked, users, creation(), editing(), status(), invitation());
    }

    /** Connects and disconnects companies. */
    public CompanyChanges companies() {
        return new CompanyChanges(session, accounts, new AccountChanges(session), users, em);
    }

    /** Changes who needs a second factor in an account. */
    public TwoFactorModeChanges twoFactorMode() {
        return new TwoFactorModeChanges(accounts, new AccountChanges(session), adminNotices());
    }

    /** The tokens with which directories call SCIM. */
    public ScimTokens scimTokens() {
        return new ScimTokens(session, accounts, new ScimAccounts(session), adminNotices());
    }

    private AdminNotices adminNotices() {
        return new AdminNotices(session, users, new Emails(session));
    }

    private FirstInvitation invitation() {
        return new FirstInvitation(new Emails(session));
    }

    private LoginNameClaims names() {
        return new LoginNameClaims(session);
    }

    private UserData data() {
        return new UserData(session);
    }
}
