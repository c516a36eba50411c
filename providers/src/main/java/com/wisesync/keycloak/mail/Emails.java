package com.wisesync.keycloak.mail;

import com.wisesync.keycloak.outbox.NewEntry;
import com.wisesync.keycloak.outbox.Outbox;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Queues emails to a user. Each email is an outbox row that commits with the change it is about and is sent after the commit:
 * an unavailable mail server neither delays the request nor loses the email.
 */
public final class Emails {

    /** The kind of outbox entry that emails are. */
    public static final String KIND = "wise-sync-mail";
    /** The entry type of an invitation. */
    public static final String INVITATION = "invitation";

    static final String PASSWORD_RESET = "password-reset";
    static final String NOTICE = "notice";

    private final KeycloakSession session;
    private final RealmModel realm;

    /** @param session with the realm in its context */
    public Emails(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    /** Sends a new user a link to choose their first password. Requires that no email was queued for this user before. */
    public void invite(UserModel user) {
        outbox().enqueue(entry(user, INVITATION, null, user.getEmail()), Optional.empty());
    }

    /** Sends the user a link to choose another password. */
    public void resetPassword(UserModel user) {
        enqueue(user, PASSWORD_RESET, null, user.getEmail());
    }

    /** Notifies the user at the current address that something was changed, and what to do if it was not them. */
    public void notifyUser(UserModel user, Notice notice) {
        notifyUser(user, notice, user.getEmail());
    }

    /** Notifies the user at an address that may no longer be theirs; does nothing without an address. */
    public void notifyUser(UserModel user, Notice notice, String address) {
        if (address != null && !address.isBlank()) {
            enqueue(user, NOTICE, notice, address);
        }
    }

    private void enqueue(UserModel user, String type, Notice notice, String address) {
        outbox().enqueue(entry(user, type, notice, address));
    }

    private NewEntry entry(UserModel user, String type, Notice notice, String address) {
        String payload = new QueuedEmail(notice, address, baseUri()).json();
        return new NewEntry(KIND, realm.getId(), user.getId(), type, payload);
    }

    private Outbox outbox() {
        return session.getProvider(Outbox.class);
    }

    /** The base URI of this request; sending happens outside of any request. */
    private String baseUri() {
        return session.getContext().getUri().getBaseUri().toString();
    }
}
