package com.wisesync.keycloak.mail;

import com.wisesync.keycloak.TypedLogin;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.Accounts;
import com.wisesync.keycloak.outbox.Delivery;
import com.wisesync.keycloak.outbox.DeliveryResult;
import com.wisesync.keycloak.outbox.EntryHandler;
import com.wisesync.keycloak.outbox.OutboxEntry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.keycloak.email.EmailException;
import org.keycloak.email.EmailSenderProvider;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.resources.LoginActionsService;

/** Renders one queued email in the user's language and the realm's theme, and sends it. */
final class EmailHandler implements EntryHandler {

    /** Dead letters with these errors are shown to admins: the last part of a message key. */
    static final String NO_USER = "no-user";

    static final String NO_ADDRESS = "no-address";

    static final String DISABLED = "disabled";

    private final KeycloakSession session;

    EmailHandler(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public Delivery prepare(OutboxEntry entry) {
        RealmModel realm = session.getContext().getRealm();
        QueuedEmail queued = QueuedEmail.parse(entry.payload());
        session.getContext().setHttpRequest(RememberedRequest.at(URI.create(queued.baseUri())));
        if (Emails.UNSENT.contains(entry.type())) {
            return DeliveryResult::delivered;
        }
        if (Emails.PASSWORD_REQUEST.equals(entry.type())) {
            findByLogin(realm, queued.login())
                    .ifPresent(user -> new Emails(session).resetRequested(user, queued.baseUri()));
            return DeliveryResult::delivered;
        }
        UserModel user = CommittedUser.find(session, realm, queued.userId());
        if (user == null) {
            return () -> DeliveryResult.deadLetter(NO_USER);
        }
        new UserLanguage(session).useInEmail(user, queued.actorId());
        try {
            return switch (entry.type()) {
                case Emails.INVITATION -> invitation(realm, user, entry, queued);
                case Emails.PASSWORD_RESET, Emails.REQUESTED_RESET -> passwordLink(realm, user, entry, queued);
                case Emails.NOTICE -> notice(realm, user, queued);
                default -> throw new IllegalArgumentException("Unknown type of email: " + entry.type());
            };
        } catch (EmailException e) {
            throw new IllegalStateException(e);
        }
    }

    private Optional<UserModel> findByLogin(RealmModel realm, String login) {
        String stored = TypedLogin.storedSpelling(session, login);
        return Optional.ofNullable(KeycloakModelUtils.findUserByNameOrEmail(session, realm, stored))
                .map(user -> CommittedUser.find(session, realm, user.getId()))
                .filter(UserModel::isEnabled)
                .filter(EmailHandler::hasAddress)
                .filter(user -> !new LinkRules(session).needsInvitation(user));
    }

    private Delivery invitation(RealmModel realm, UserModel user, OutboxEntry entry, QueuedEmail queued)
            throws EmailException {
        if (!new LinkRules(session).isCurrentInvitation(entry.id(), user)) {
            // Revoked, sent again or no longer needed after it was queued: its link would not work.
            return DeliveryResult::delivered;
        }
        Optional<String> obstacle = obstacle(user);
        if (obstacle.isPresent()) {
            return () -> DeliveryResult.deadLetter(obstacle.get());
        }
        Instant expires = Instant.now().plus(LinkLifetimes.ofInvitation(realm));
        RenderedEmail email = email(realm, user, user.getEmail());
        Map<String, Object> values = values();
        values.put("link", link(realm, user, entry, expires, queued.actorId(), true));
        values.put("expires", date(expires, session.getContext().resolveLocale(user, true)));
        values.put("invitedBy", Names.ofAdmin(session, queued.actorId()));
        values.put(
                "account",
                new Accounts(session).findByMember(user).map(Account::name).orElse(""));
        values.put("loginUrl", new LinkPages(session).loginUrl(user));
        email.send("wiseSyncInvitationSubject", "wise-sync-invitation.ftl", values);
        return delivery(realm, email);
    }

    /** Sends the link to the user's current address, which may have changed since the link was requested. */
    private Delivery passwordLink(RealmModel realm, UserModel user, OutboxEntry entry, QueuedEmail queued)
            throws EmailException {
        Optional<String> obstacle = obstacle(user);
        if (obstacle.isPresent()) {
            return () -> DeliveryResult.deadLetter(obstacle.get());
        }
        if (new LinkRules(session).needsInvitation(user)) {
            // Invited, or revoked, after the link was queued.
            return DeliveryResult::delivered;
        }
        Duration lifetime = LinkLifetimes.ofPasswordLink(realm, Emails.REQUESTED_RESET.equals(entry.type()));
        RenderedEmail email = email(realm, user, user.getEmail());
        if (queued.actorId() != null) {
            email.setAttribute("sentBy", Names.ofAdmin(session, queued.actorId()));
        }
        email.sendPasswordReset(
                link(realm, user, entry, Instant.now().plus(lifetime), null, false), lifetime.toMinutes());
        return delivery(realm, email);
    }

    private Delivery notice(RealmModel realm, UserModel user, QueuedEmail queued) throws EmailException {
        RenderedEmail email = email(realm, user, queued.address());
        Map<String, Object> values = values();
        values.put("notice", queued.notice().name());
        email.send("wiseSyncNotice." + queued.notice() + ".subject", "wise-sync-notice.ftl", values);
        return delivery(realm, email);
    }

    private RenderedEmail email(RealmModel realm, UserModel user, String address) {
        RenderedEmail email = new RenderedEmail(session, address);
        email.setRealm(realm).setUser(user).setAttribute(Constants.IGNORE_ACCEPT_LANGUAGE_HEADER, true);
        return email;
    }

    private static Map<String, Object> values() {
        Map<String, Object> values = new HashMap<>();
        values.put(Constants.IGNORE_ACCEPT_LANGUAGE_HEADER, true);
        return values;
    }

    private String link(
            RealmModel realm,
            UserModel user,
            OutboxEntry entry,
            Instant expires,
            String invitedBy,
            boolean invitation) {
        String state = new LinkRules(session).fingerprint(user);
        PasswordLink token =
                new PasswordLink(user.getId(), user.getEmail(), expires, entry.id(), state, invitedBy, invitation);
        return LoginActionsService.actionTokenProcessor(session.getContext().getUri())
                .queryParam(
                        "key",
                        token.serialize(session, realm, session.getContext().getUri()))
                .build(realm.getName())
                .toString();
    }

    /** In the user's language, UTC. */
    private static String date(Instant instant, Locale locale) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(locale)
                .withZone(ZoneOffset.UTC)
                .format(instant);
    }

    /** Why no link can be sent to the user now. */
    private static Optional<String> obstacle(UserModel user) {
        if (!user.isEnabled()) {
            return Optional.of(DISABLED);
        }
        return hasAddress(user) ? Optional.empty() : Optional.of(NO_ADDRESS);
    }

    private static boolean hasAddress(UserModel user) {
        return user.getEmail() != null && !user.getEmail().isBlank();
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
                return SmtpFailure.resultOf(e, email.address());
            }
        });
    }
}
