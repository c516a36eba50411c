package com.wisesync.keycloak.mail;

import com.wisesync.keycloak.outbox.NewEntry;
import com.wisesync.keycloak.outbox.Outbox;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Mails to a user. Each is a row of the outbox that commits with what it is about and is sent after: a mail server that is
 * down holds up nobody and loses none.
 */
public final class Mails {

    /** The kind of outbox entry that emails are. */
    public static final String KIND = "wise-sync-mail";
    /** The entry type of an invitation. */
    public static final String INVITATION = "invitation";

    static final String PASSWORD_RESET = "password-reset";
    static final String NOTICE = "notice";

    private final KeycloakSession session;
    private final RealmModel realm;

    public Mails(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    /** A link with which somebody new, who was mailed nothing before, chooses their first password. */
    public void invite(UserModel user) {
        outbox().enqueue(entry(user, INVITATION, null, user.getEmail()), Optional.empty());
    }

    /** A link with which they choose another password. */
    public void resetPassword(UserModel user) {
        enqueue(user, PASSWORD_RESET, null, user.getEmail());
    }

    /** That something about their account was changed, and what to do if it was not them. */
    public void tell(UserModel user, Notice notice) {
        tell(user, notice, user.getEmail());
    }

    /** To an address that need not be theirs any more. */
    public void tell(UserModel user, Notice notice, String address) {
        if (address != null && !address.isBlank()) {
            enqueue(user, NOTICE, notice, address);
        }
    }

    private void enqueue(UserModel user, String type, Notice notice, String address) {
        outbox().enqueue(entry(user, type, notice, address));
    }

    private NewEntry entry(UserModel user, String type, Notice notice, String address) {
        String payload = new MailOrder(notice, address, baseUri()).json();
        return new NewEntry(KIND, realm.getId(), user.getId(), type, payload);
    }

    private Outbox outbox() {
        return session.getProvider(Outbox.class);
    }

    /** As the one who asks sees this server; when it is sent there is no request to tell it from. */
    private String baseUri() {
        return session.getContext().getUri().getBaseUri().toString();
    }
}
