package com.wisesync.keycloak.sessions;

import com.wisesync.keycloak.outbox.NewEntry;
import com.wisesync.keycloak.outbox.Outbox;
import jakarta.persistence.EntityManager;
import jakarta.persistence.FlushModeType;
import java.util.Collection;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.common.util.Time;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.utils.KeycloakSessionUtil;

/** Ends sessions of a user, in the transaction of the change that requires it. No method waits for an application. */
public final class Sessions {

    private static final String CHECKED = "wise-sync.sessions-checked.";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Outbox outbox;

    /** @param session with the realm in its context */
    public Sessions(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.outbox = session.getProvider(Outbox.class);
    }

    /**
     * Ends all online and offline sessions. With the commit, Keycloak refuses every token issued until now; right after it the
     * sessions are removed and the applications receive a back-channel logout.
     *
     * <p>Keycloak compares whole seconds, so that tokens issued in this very second are refused too, even of a login after this
     * change.
     */
    public void end(UserModel user) {
        int cutoff = Math.toIntExact(Time.currentTimeSeconds());
        session.users().setNotBeforeForUser(realm, user, notBefore(cutoff));
        outbox.enqueue(SessionEntry.end(realm.getId(), user.getId(), cutoff), Optional.empty());
    }

    /** The {@code notBefore} with which tokens issued in the second {@code cutoff} or earlier are refused. */
    public static int notBefore(int cutoff) {
        return cutoff + 1;
    }

    /**
     * Ends, after the commit, the client sessions of applications that the user may not enter any more. Does nothing for users
     * without sessions, nothing for disabled users, whose sessions end with the disable, and nothing when it is called again in
     * the same request.
     */
    public void check(UserModel user) {
        if (user.isEnabled() && isFirstCheck(user.getId()) && withoutFlush(() -> hasSessions(user))) {
            enqueueCheck(user.getId());
        }
    }

    /** Does the same as {@link #check(UserModel)} for the user with this id, if there is one. */
    public void check(String userId) {
        if (isFirstCheck(userId) && withoutFlush(() -> hasSessions(userId))) {
            enqueueCheck(userId);
        }
    }

    /** Whether the session of this thread has checked the user, or has left the check to a row about all members. */
    static boolean isChecked(String userId) {
        KeycloakSession current = KeycloakSessionUtil.getKeycloakSession();
        return current != null && current.getAttribute(CHECKED + userId) != null;
    }

    /** Whether this is the first call for the user in this request. */
    private boolean isFirstCheck(String userId) {
        if (session.getAttribute(CHECKED + userId) != null) {
            return false;
        }
        session.setAttribute(CHECKED + userId, true);
        return true;
    }

    private void enqueueCheck(String userId) {
        outbox.enqueue(SessionEntry.check(realm.getId(), userId), Optional.empty());
    }

    /**
     * Reads without Hibernate's flush before each query, which looks at everything the transaction has read so far: a change of
     * many users would cost the square of their number. No session is written in the transaction of such a change.
     */
    private boolean withoutFlush(BooleanSupplier read) {
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        FlushModeType before = em.getFlushMode();
        em.setFlushMode(FlushModeType.COMMIT);
        try {
            return read.getAsBoolean();
        } finally {
            em.setFlushMode(before);
        }
    }

    private boolean hasSessions(String userId) {
        UserModel user = session.users().getUserById(realm, userId);
        return user != null && user.isEnabled() && hasSessions(user);
    }

    private boolean hasSessions(UserModel user) {
        return session.sessions().getUserSessionsStream(realm, user).findAny().isPresent()
                || session.sessions()
                        .getOfflineUserSessionsStream(realm, user)
                        .findAny()
                        .isPresent();
    }

    /**
     * Does the same as {@link #checkMembers(String)}.
     *
     * @param changed the ids of members that {@link #check(String)} ignores in the rest of this request
     */
    public void checkMembers(String accountId, Collection<String> changed) {
        checkMembers(accountId);
        changed.forEach(userId -> session.setAttribute(CHECKED + userId, true));
    }

    /** Does the same as {@link #checkMembers(String)} for every account of the realm, with one row that is expanded in pages. */
    public void checkAccounts() {
        outbox.enqueue(SessionEntry.checkAccounts(realm.getId()), Optional.empty());
    }

    /** Does the same as {@link #check(UserModel)} for every member of an account, with one row that is expanded in pages. */
    public void checkMembers(String accountId) {
        outbox.enqueue(SessionEntry.checkMembers(realm.getId(), accountId), Optional.empty());
    }

    /**
     * Sends a back-channel logout to the applications and identity providers of a user who is about to be deleted. Their
     * sessions can be read only now; Keycloak removes them with the user.
     */
    public void logOutDeleted(UserModel user) {
        enqueueLogouts(
                user.getId(),
                Stream.concat(
                        session.sessions().getUserSessionsStream(realm, user),
                        session.sessions().getOfflineUserSessionsStream(realm, user)));
    }

    /**
     * Removes an online session in the transaction. Its applications and identity provider receive a back-channel logout after the
     * commit.
     */
    public void logOut(UserSessionModel userSession) {
        enqueueLogouts(userSession.getId(), Stream.of(userSession));
        session.sessions().removeUserSession(realm, userSession);
    }

    /**
     * Ends, right after the commit, the other online sessions and all offline sessions of a user.
     *
     * @param keep the id of the online session that continues
     */
    public void endOthers(UserModel user, String keep) {
        int cutoff = Math.toIntExact(Time.currentTimeSeconds());
        outbox.enqueue(SessionEntry.endOthers(realm.getId(), user.getId(), cutoff, keep), Optional.empty());
    }

    /** @param cause the id of what ends the sessions */
    private void enqueueLogouts(String cause, Stream<UserSessionModel> userSessions) {
        ApplicationLogouts logouts = new ApplicationLogouts(session);
        userSessions
                .flatMap(userSession -> Stream.concat(
                        ProviderLogout.entry(session, realm, cause, userSession).stream(),
                        userSession.getAuthenticatedClientSessions().values().stream()
                                .flatMap(clientSession -> logouts.entry(cause, clientSession).stream())))
                // An offline session has the id of the online session it was created from.
                .collect(Collectors.toMap(NewEntry::id, entry -> entry, (one, other) -> one))
                .values()
                .forEach(entry -> outbox.enqueue(entry, Optional.empty()));
    }
}
