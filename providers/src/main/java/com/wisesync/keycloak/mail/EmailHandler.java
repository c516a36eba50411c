package com.wisesync.keycloak.mail;

import com.wisesync.keycloak.outbox.Delivery;
import com.wisesync.keycloak.outbox.DeliveryResult;
import com.wisesync.keycloak.outbox.EntryHandler;
import com.wisesync.keycloak.outbox.OutboxEntry;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.keycloak.authentication.actiontoken.execactions.ExecuteActionsActionToken;
import org.keycloak.common.util.SecretGenerator;
import org.keycloak.email.EmailException;
import org.keycloak.email.EmailSenderProvider;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.resources.LoginActionsService;

/** Renders one queued email in the user's language and the realm's theme, and sends it. */
final class EmailHandler implements EntryHandler {

    private final KeycloakSession session;

    EmailHandler(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public Delivery prepare(OutboxEntry entry) {
        RealmModel realm = session.getContext().getRealm();
        UserModel user = findCommitted(realm, entry.ownerId());
        if (user == null) {
            return () -> DeliveryResult.deadLetter("The user does not exist any more");
        }
        QueuedEmail queued = QueuedEmail.parse(entry.payload());
        session.getContext().setHttpRequest(RememberedRequest.at(URI.create(queued.baseUri())));
        try {
            return switch (entry.type()) {
                case Emails.INVITATION -> link(realm, user, true);
                case Emails.PASSWORD_RESET -> link(realm, user, false);
                case Emails.NOTICE -> notice(realm, user, queued);
                default -> () -> DeliveryResult.deadLetter("Unknown type of email: " + entry.type());
            };
        } catch (EmailException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Reads the user from the database instead of Keycloak's cache, which is invalidated only after the commit that also
     * wakes this handler. Falls back to user storage providers.
     */
    private UserModel findCommitted(RealmModel realm, String userId) {
        UserModel stored = session.getProvider(UserProvider.class).getUserById(realm, userId);
        return stored != null ? stored : session.users().getUserById(realm, userId);
    }

    /** Sends the link to the user's current address, which may have changed since the link was requested. */
    private Delivery link(RealmModel realm, UserModel user, boolean invitation) throws EmailException {
        if (!user.isEnabled() || user.getEmail() == null) {
            return () -> DeliveryResult.deadLetter("The user is disabled or has no email address");
        }
        int lifespan = realm.getActionTokenGeneratedByAdminLifespan();
        List<String> actions = List.of(UserModel.RequiredAction.UPDATE_PASSWORD.name());
        int expires = Math.toIntExact(System.currentTimeMillis() / 1000 + lifespan);
        ExecuteActionsActionToken token = new ExecuteActionsActionToken(
                user.getId(), user.getEmail(), expires, actions, null, Constants.ACCOUNT_MANAGEMENT_CLIENT_ID);
        token.id(SecretGenerator.getInstance().generateSecureID());
        String link = LoginActionsService.actionTokenProcessor(
                        session.getContext().getUri())
                .queryParam(
                        "key",
                        token.serialize(session, realm, session.getContext().getUri()))
                .build(realm.getName())
                .toString();
        RenderedEmail email = new RenderedEmail(session, user.getEmail());
        email.setRealm(realm).setUser(user).setAttribute(Constants.IGNORE_ACCEPT_LANGUAGE_HEADER, true);
        long minutes = TimeUnit.SECONDS.toMinutes(lifespan);
        if (invitation) {
            email.setAttribute(Constants.TEMPLATE_ATTR_REQUIRED_ACTIONS, actions);
            email.sendExecuteActions(link, minutes);
        } else {
            email.sendPasswordReset(link, minutes);
        }
        return delivery(realm, email);
    }

    private Delivery notice(RealmModel realm, UserModel user, QueuedEmail queued) throws EmailException {
        RenderedEmail email = new RenderedEmail(session, queued.address());
        email.setRealm(realm).setUser(user);
        email.send(
                "wiseSyncNotice." + queued.notice() + ".subject",
                "wise-sync-notice.ftl",
                new HashMap<>(Map.of("notice", queued.notice().name(), Constants.IGNORE_ACCEPT_LANGUAGE_HEADER, true)));
        return delivery(realm, email);
    }

    private Delivery delivery(RealmModel realm, RenderedEmail email) {
        KeycloakSessionFactory factory = session.getKeycloakSessionFactory();
        String realmId = realm.getId();
        Map<String, String> smtp = Map.copyOf(realm.getSmtpConfig());
        return () -> KeycloakModelUtils.runJobInTransactionWithResult(factory, sending -> {
            // The sender reads the password from the vault, which needs a realm in the session's context.
            sending.getContext().setRealm(sending.realms().getRealm(realmId));
            try {
                sending.getProvider(EmailSenderProvider.class)
                        .send(smtp, email.address(), email.subject(), email.text(), email.html());
                return DeliveryResult.delivered();
            } catch (EmailException e) {
                return DeliveryResult.retry(e.getMessage());
            }
        });
    }
}
