package com.wisesync.keycloak.mail;

import com.wisesync.keycloak.Quota;
import com.wisesync.keycloak.outbox.NewEntry;
import com.wisesync.keycloak.outbox.Outbox;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
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

    static final String REVOCATION = "revocation";

    /** Keycloak sent the link itself. */
    static final String STOCK_LINK = "stock-link";

    /** These send nothing: they are the newest row of a queue, so that every earlier link of it is invalid. */
    static final Set<String> UNSENT = Set.of(REVOCATION, STOCK_LINK);

    static final String PASSWORD_RESET = "password-reset";
    static final String REQUESTED_RESET = "requested-password-reset";
    static final String PASSWORD_REQUEST = "password-request";
    static final String NOTICE = "notice";

    private static final Duration WINDOW = Duration.ofHours(1);
    /** No username or email is longer. */
    private static final int MAX_LOGIN = 255;

    private static final int REQUESTS_PER_CLIENT = 60;
    private static final int REQUESTS_PER_USER = 5;

    private final KeycloakSession session;
    private final RealmModel realm;

    /** @param session with the realm in its context */
    public Emails(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    /**
     * Invites a user who was just created. Requires that no email was queued for this user before.
     *
     * @param actorId the user who invites
     */
    public void inviteNew(UserModel user, String actorId) {
        outbox().enqueue(invitation(user, INVITATION, actorId), Optional.empty());
    }

    /**
     * Sends the invitation again; links of earlier invitations stop working.
     *
     * @param actorId the user who invites
     */
    public void invite(UserModel user, String actorId) {
        outbox().enqueue(invitation(user, INVITATION, actorId));
    }

    /**
     * Sends the invitation again to a user who has not used the account yet, unless it was revoked. Does nothing for other users.
     *
     * @param actorId the user who caused it; null if unknown
     */
    public void inviteAgainIfOpen(UserModel user, String actorId) {
        if (new LinkRules(session).hasOpenInvitation(user)) {
            invite(user, actorId);
        }
    }

    /** Revokes the invitation: no link of an invitation sent so far works any more. */
    public void revokeInvitation(UserModel user, String actorId) {
        outbox().enqueue(invitation(user, REVOCATION, actorId));
    }

    /**
     * Sends the user a link to choose another password; earlier links of this kind stop working.
     *
     * @param actorId the admin who sends it
     */
    public void resetPassword(UserModel user, String actorId) {
        enqueue(EmailQueue.ofPasswordLinks(user.getId()), PASSWORD_RESET, payload(user, null, null, actorId, null));
    }

    /**
     * Records that Keycloak's own admin API has emailed the user a link that can set a password; earlier links stop working. Does
     * nothing if the email was sent by another extension, which replaces {@link StockLinkEmails}.
     */
    public void stockLinkSent(UserModel user) {
        StockLinkEmails.tokenSentIn(session).ifPresent(token -> {
            QueuedEmail email = new QueuedEmail(user.getId(), null, null, null, null, baseUri(), token);
            enqueue(EmailQueue.ofPasswordLinks(user.getId()), STOCK_LINK, email);
        });
    }

    /**
     * Handles a request for a password link without a login. Does the same work whether or not the user exists, so
     * that its duration reveals nothing; the user is looked up when the row is delivered.
     *
     * @param login the username or email that was entered
     * @param clientAddress the address of the client, which may request 60 links per hour
     */
    public void requestPasswordLink(String login, String clientAddress) {
        String queue = EmailQueue.ofRequests(clientAddress);
        Quota quota = new Quota(session, "password-link-client", REQUESTS_PER_CLIENT, WINDOW);
        if (login.length() <= MAX_LOGIN && quota.claim(queue).isPresent()) {
            enqueue(queue, PASSWORD_REQUEST, payload(null, null, null, null, login));
        }
    }

    /** Queues the link that a user requested, unless five of them were requested within the last hour. */
    void resetRequested(UserModel user, String baseUri) {
        // Requests from different addresses run at the same time: counting rows would miss uncommitted ones.
        Quota quota = new Quota(session, "password-link", REQUESTS_PER_USER, WINDOW);
        if (quota.claim(user).isPresent()) {
            String queue = EmailQueue.ofPasswordLinks(user.getId());
            enqueue(queue, REQUESTED_RESET, new QueuedEmail(user.getId(), null, null, null, null, baseUri));
        }
    }

    /** Notifies the user at the current address of a change, with advice if the user did not make it. */
    public void notifyUser(UserModel user, Notice notice) {
        notifyUser(user, notice, user.getEmail());
    }

    /** Notifies the user at an address that may no longer belong to the user; does nothing without an address. */
    public void notifyUser(UserModel user, Notice notice, String address) {
        if (address != null && !address.isBlank()) {
            enqueue(EmailQueue.ofNotices(user.getId(), address), NOTICE, payload(user, notice, address, null, null));
        }
    }

    private NewEntry invitation(UserModel user, String type, String actorId) {
        String payload = payload(user, null, null, actorId, null).json();
        return new NewEntry(KIND, realm.getId(), EmailQueue.ofInvitations(user.getId()), type, payload);
    }

    private void enqueue(String queue, String type, QueuedEmail email) {
        outbox().enqueue(new NewEntry(KIND, realm.getId(), queue, type, email.json()));
    }

    private QueuedEmail payload(UserModel user, Notice notice, String address, String actorId, String login) {
        return new QueuedEmail(user == null ? null : user.getId(), notice, address, actorId, login, baseUri());
    }

    private Outbox outbox() {
        return session.getProvider(Outbox.class);
    }

    /** The base URI of this request; sending happens outside of any request. */
    private String baseUri() {
        return session.getContext().getUri().getBaseUri().toString();
    }
}
