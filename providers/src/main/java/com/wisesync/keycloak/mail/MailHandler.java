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

/** Writes one mail, in the user's language and the realm's theme, and sends it. */
final class MailHandler implements EntryHandler {

    private final KeycloakSession session;

    MailHandler(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public Delivery prepare(OutboxEntry entry) {
        RealmModel realm = session.getContext().getRealm();
        UserModel user = asCommitted(realm, entry.ownerId());
        if (user == null) {
            return () -> DeliveryResult.deadLetter("The user is gone");
        }
        MailOrder order = MailOrder.of(entry.payload());
        session.getContext().setHttpRequest(RememberedRequest.to(URI.create(order.baseUri())));
        try {
            return switch (entry.type()) {
                case Mails.INVITATION -> link(realm, user, true);
                case Mails.PASSWORD_RESET -> link(realm, user, false);
                case Mails.NOTICE -> notice(realm, user, order);
                default -> () -> DeliveryResult.deadLetter("There are no mails of type " + entry.type());
            };
        } catch (EmailException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * From the database, past Keycloak's cache, which hears of a change only after its commit, when this may be under way
     * already. Who is not there lives in a user storage.
     */
    private UserModel asCommitted(RealmModel realm, String userId) {
        UserModel stored = session.getProvider(UserProvider.class).getUserById(realm, userId);
        return stored != null ? stored : session.users().getUserById(realm, userId);
    }

    /** To where they can be reached now, which may be elsewhere than when it was asked for. */
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
        RenderedMail mail = new RenderedMail(session, user.getEmail());
        mail.setRealm(realm).setUser(user).setAttribute(Constants.IGNORE_ACCEPT_LANGUAGE_HEADER, true);
        long minutes = TimeUnit.SECONDS.toMinutes(lifespan);
        if (invitation) {
            mail.setAttribute(Constants.TEMPLATE_ATTR_REQUIRED_ACTIONS, actions);
            mail.sendExecuteActions(link, minutes);
        } else {
            mail.sendPasswordReset(link, minutes);
        }
        return delivery(realm, mail);
    }

    private Delivery notice(RealmModel realm, UserModel user, MailOrder order) throws EmailException {
        RenderedMail mail = new RenderedMail(session, order.address());
        mail.setRealm(realm).setUser(user);
        mail.send(
                "wiseSyncNotice." + order.notice() + ".subject",
                "wise-sync-notice.ftl",
                new HashMap<>(Map.of("notice", order.notice().name(), Constants.IGNORE_ACCEPT_LANGUAGE_HEADER, true)));
        return delivery(realm, mail);
    }

    private Delivery delivery(RealmModel realm, RenderedMail mail) {
        KeycloakSessionFactory factory = session.getKeycloakSessionFactory();
        String realmId = realm.getId();
        Map<String, String> smtp = Map.copyOf(realm.getSmtpConfig());
        return () -> KeycloakModelUtils.runJobInTransactionWithResult(factory, sending -> {
            // The sender asks the vault for the password, and the vault for the realm, which is in Keycloak's cache by
            // now.
            sending.getContext().setRealm(sending.realms().getRealm(realmId));
            try {
                sending.getProvider(EmailSenderProvider.class)
                        .send(smtp, mail.address(), mail.subject(), mail.text(), mail.html());
                return DeliveryResult.delivered();
            } catch (EmailException e) {
                return DeliveryResult.retry(e.getMessage());
            }
        });
    }
}
