package com.wisesync.keycloak.sessions;

import com.wisesync.keycloak.access.CommittedAccess;
import com.wisesync.keycloak.mail.Invitations;
import com.wisesync.keycloak.outbox.Delivery;
import com.wisesync.keycloak.outbox.DeliveryResult;
import com.wisesync.keycloak.outbox.EntryHandler;
import com.wisesync.keycloak.outbox.NewEntry;
import com.wisesync.keycloak.outbox.Outbox;
import com.wisesync.keycloak.outbox.OutboxEntry;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Ends sessions in two transactions: the first writes a row for each application that has to be notified, the second removes the
 * sessions. Keycloak's session store does not always share the transaction of the database (volatile sessions), and a logout must
 * not be lost with its session. If the node stops in between, the entry is handled again; the rows keep their ids and are not
 * written twice.
 */
final class SessionHandler implements EntryHandler {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Outbox outbox;

    /** @param session with the realm in its context */
    SessionHandler(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.outbox = session.getProvider(Outbox.class);
    }

    @Override
    public Delivery prepare(OutboxEntry entry) {
        SessionEntry wanted = SessionEntry.of(entry);
        return switch (wanted.type()) {
            case END -> end(entry, wanted);
            case END_WITH_LOGINS -> {
                endLogins(wanted.userId(entry), Sessions.notBefore(wanted.cutoff()));
                yield end(entry, wanted);
            }
            case CHECK -> {
                // Right after the commit, a cached user may still have what the change took away.
                CommittedAccess access = new CommittedAccess(session);
                Optional<UserModel> user = access.findUser(wanted.userId(entry));
                yield end(
                        entry,
                        wanted.userId(entry),
                        clientSession -> user.filter(
                                        committed -> !access.mayEnter(committed, clientSession.getClient()))
                                .isPresent(),
                        userSession -> false);
            }
            case END_MEMBERS, CHECK_MEMBERS, CHECK_ACCOUNTS -> {
                new Members(session).expand(entry, wanted, outbox);
                yield DeliveryResult::delivered;
            }
        };
    }

    /**
     * Logins in progress have no session yet: they compare "not before" with what they started from, see {@link
     * com.wisesync.keycloak.mail.LoginStart}. So do links; an invitation continues to work.
     */
    private void endLogins(String userId, int notBefore) {
        UserModel user = session.users().getUserById(realm, userId);
        if (user != null
                && Invitations.hasUsedAccount(user)
                && session.users().getNotBeforeOfUser(realm, user) < notBefore) {
            session.users().setNotBeforeForUser(realm, user, notBefore);
        }
    }

    private Delivery end(OutboxEntry entry, SessionEntry wanted) {
        return end(
                entry,
                wanted.userId(entry),
                clientSession -> isBefore(wanted, clientSession.getUserSession()),
                userSession -> isBefore(wanted, userSession));
    }

    private static boolean isBefore(SessionEntry wanted, UserSessionModel userSession) {
        return userSession.getStarted() <= wanted.cutoff()
                && (userSession.isOffline() || !userSession.getId().equals(wanted.keep()));
    }

    private Delivery end(
            OutboxEntry entry,
            String userId,
            Predicate<AuthenticatedClientSessionModel> endsClientSession,
            Predicate<UserSessionModel> endsUserSession) {
        UserModel user = session.users().getUserById(realm, userId);
        if (user == null) {
            // Deleted: the rows were written before, and Keycloak removed the sessions.
            return DeliveryResult::delivered;
        }
        List<UserSessionModel> userSessions = Stream.concat(
                        session.sessions().getUserSessionsStream(realm, user),
                        session.sessions().getOfflineUserSessionsStream(realm, user))
                .toList();
        List<AuthenticatedClientSessionModel> clientSessions = userSessions.stream()
                .flatMap(userSession -> userSession.getAuthenticatedClientSessions().values().stream())
                .filter(endsClientSession)
                .toList();
        List<UserSessionModel> whole = userSessions.stream()
                .filter(userSession -> endsUserSession.test(userSession) || endAll(userSession, endsClientSession))
                .toList();
        writeLogouts(entry, whole, clientSessions);
        List<EndedSession> ended = Stream.concat(
                        userSessions.stream().filter(endsUserSession).map(EndedSession::of),
                        clientSessions.stream()
                                .filter(clientSession -> !endsUserSession.test(clientSession.getUserSession()))
                                .map(EndedSession::of))
                .toList();
        KeycloakSessionFactory factory = session.getKeycloakSessionFactory();
        String realmId = realm.getId();
        return () -> {
            if (!ended.isEmpty()) {
                KeycloakModelUtils.runJobInTransaction(factory, own -> remove(own, realmId, ended));
            }
            return DeliveryResult.delivered();
        };
    }

    /** Whether the session ends because it has no other client sessions. */
    private static boolean endAll(
            UserSessionModel userSession, Predicate<AuthenticatedClientSessionModel> endsClientSession) {
        Collection<AuthenticatedClientSessionModel> clientSessions =
                userSession.getAuthenticatedClientSessions().values();
        return !clientSessions.isEmpty() && clientSessions.stream().allMatch(endsClientSession);
    }

    private void writeLogouts(
            OutboxEntry entry,
            List<UserSessionModel> userSessions,
            List<AuthenticatedClientSessionModel> clientSessions) {
        ApplicationLogouts logouts = new ApplicationLogouts(session);
        Stream.concat(
                        clientSessions.stream()
                                .flatMap(clientSession -> logouts.entry(entry.id(), clientSession).stream()),
                        userSessions.stream()
                                .flatMap(userSession ->
                                        ProviderLogout.entry(session, realm, entry.id(), userSession).stream()))
                // An offline session has the id of the online session it was created from.
                .collect(Collectors.toMap(NewEntry::id, logout -> logout, (one, other) -> one))
                .values()
                .stream()
                .filter(logout -> outbox.entries()
                        .find(logout.kind(), logout.realmId(), logout.id())
                        .isEmpty())
                .forEach(logout -> outbox.enqueue(logout, Optional.empty()));
    }

    private static void remove(KeycloakSession session, String realmId, List<EndedSession> ended) {
        RealmModel realm = session.realms().getRealm(realmId);
        if (realm != null) {
            session.getContext().setRealm(realm);
            ended.forEach(each -> each.remove(session, realm));
        }
    }
}
