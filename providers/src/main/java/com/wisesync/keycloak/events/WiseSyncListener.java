package com.wisesync.keycloak.events;

import com.wisesync.keycloak.LastLogin;
import com.wisesync.keycloak.lifecycle.LifecycleDetection;
import com.wisesync.keycloak.mail.LoginSession;
import com.wisesync.keycloak.mail.UserLanguage;
import com.wisesync.keycloak.sessions.SessionDetection;
import com.wisesync.keycloak.wisepay.Detection;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The realm's event listener; runs in the transaction of the change. */
final class WiseSyncListener implements EventListenerProvider {

    private final KeycloakSession session;
    private final Detection detection;
    private final SessionDetection sessions;
    private final LifecycleDetection lifecycle;
    private final EmailChanges emails;
    private final NewSecondFactors secondFactors;
    private final CommitGuard guard;

    WiseSyncListener(
            KeycloakSession session,
            Detection detection,
            SessionDetection sessions,
            LifecycleDetection lifecycle,
            EmailChanges emails,
            NewSecondFactors secondFactors,
            CommitGuard guard) {
        this.session = session;
        this.detection = detection;
        this.sessions = sessions;
        this.lifecycle = lifecycle;
        this.emails = emails;
        this.secondFactors = secondFactors;
        this.guard = guard;
    }

    @Override
    public void onEvent(Event event) {
        if (event.getType() == EventType.USER_DISABLED_BY_PERMANENT_LOCKOUT) {
            detection.lockedOut(session, event.getUserId());
        } else if (event.getType() == EventType.DELETE_ACCOUNT) {
            detection.selfService(session);
        } else if (event.getType() == EventType.LOGIN) {
            loggedIn(event.getUserId());
        } else {
            keepOwnSession(event);
            rememberLanguage(event);
            new OwnChanges(session).onEvent(event);
        }
    }

    private void loggedIn(String userId) {
        RealmModel realm = session.getContext().getRealm();
        UserModel user = userId == null ? null : session.users().getUserById(realm, userId);
        if (user == null) {
            return;
        }
        LastLogin.record(user);
        if (user.getServiceAccountClientLink() == null) {
            new UserLanguage(session).remember(user);
        }
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        guard.run(session, () -> {
            new StockUserUpdates(session, emails, sessions, secondFactors).onEvent(event);
            new StockEdits(session).onEvent(event);
            new StockRoleEdits(session, lifecycle).onEvent(event);
            new StockCredentialEdits(session).onEvent(event);
            new StockLinks(session).onEvent(event);
        });
    }

    /** A new password ends all sessions of its user but the one in which they set it, or which is about to start with it. */
    private void keepOwnSession(Event event) {
        AuthenticationSessionModel login = session.getContext().getAuthenticationSession();
        if (login != null && event.getType() == EventType.UPDATE_CREDENTIAL && event.getUserId() != null) {
            sessions.ownPasswordChanged(session, event.getUserId(), LoginSession.id(session, login));
        }
    }

    /** Before the notice of this change is queued: during a first login, no language is stored yet. */
    private void rememberLanguage(Event event) {
        if (session.getContext().getAuthenticationSession() == null || !OwnChanges.isNotified(event)) {
            return;
        }
        UserModel user = session.users().getUserById(session.getContext().getRealm(), event.getUserId());
        if (user != null) {
            new UserLanguage(session).remember(user);
        }
    }

    @Override
    public void close() {}
}
