package com.wisesync.keycloak.mail;

import com.wisesync.keycloak.Versioned;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import java.util.Optional;
import org.keycloak.authentication.actiontoken.AbstractActionTokenHandler;
import org.keycloak.authentication.actiontoken.ActionTokenContext;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserCredentialModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.services.managers.AuthenticationSessionManager;
import org.keycloak.services.messages.Messages;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Lets the user choose a password with the link of an invitation or a password email: one page with the form, which is also where
 * the link's use is confirmed. It ends without a session. After an invitation, the login continues with the second factor; after
 * a password link, the user logs in.
 */
public final class PasswordLinkHandler extends AbstractActionTokenHandler<PasswordLink> implements Versioned {

    /** The event detail that names the link with which a password was set. */
    public static final String LINK = "wise_sync_link";

    /** The value of {@link #LINK} for an invitation. */
    public static final String INVITATION = "invitation";

    private static final String PASSWORD_LINK = "password-link";

    // The fields of the form.
    private static final String PASSWORD = "password-new";
    private static final String CONFIRMATION = "password-confirm";

    /** Called by Keycloak. */
    public PasswordLinkHandler() {
        super(
                PasswordLink.TYPE,
                PasswordLink.class,
                Messages.EXPIRED_ACTION,
                EventType.RESET_PASSWORD,
                Errors.INVALID_TOKEN);
    }

    @Override
    public String getAuthenticationSessionIdFromToken(
            PasswordLink link, ActionTokenContext<PasswordLink> context, AuthenticationSessionModel current) {
        new LinkGate(context).requireConfirmed(link);
        return null;
    }

    @Override
    public Response handleToken(PasswordLink link, ActionTokenContext<PasswordLink> context) {
        KeycloakSession session = context.getSession();
        AuthenticationSessionModel login = context.getAuthenticationSession();
        UserModel user = login.getAuthenticatedUser();
        LinkPages pages = new LinkPages(session);
        if (link.isOver()) {
            return pages.problem(link, user, LinkProblem.EXPIRED);
        }
        MultivaluedMap<String, String> fields = context.getRequest().getDecodedFormParameters();
        if (fields.containsKey(LinkGate.LOG_OUT_OTHER)) {
            return pages.password(link, user, login);
        }
        String password = Objects.requireNonNullElse(fields.getFirst(PASSWORD), "");
        if (password.isBlank()) {
            return pages.passwordAgain(link, user, login, new FormMessage(PASSWORD, Messages.MISSING_PASSWORD));
        }
        if (!password.equals(fields.getFirst(CONFIRMATION))) {
            return pages.passwordAgain(link, user, login, new FormMessage(CONFIRMATION, Messages.NOTMATCH_PASSWORD));
        }
        // An administrator may revoke the link, correct the address or set a password at the same time.
        user = CommittedUser.lock(session, user, login);
        Optional<LinkProblem> problem = new LinkRules(session).problemOf(link, user);
        if (problem.isPresent()) {
            return pages.problem(link, user, problem.get());
        }
        if (!session.singleUseObjects().putIfAbsent(link.serializeKey(), LinkLifetimes.MAX_SECONDS)) {
            return pages.problem(link, user, LinkProblem.USED);
        }
        try {
            user.credentialManager().updateCredential(UserCredentialModel.password(password));
        } catch (ModelException e) {
            session.singleUseObjects().remove(link.serializeKey());
            return pages.passwordAgain(link, user, login, new FormMessage(PASSWORD, e.getMessage(), e.getParameters()));
        }
        passwordSet(link, context, user);
        if (link.isInvitation()) {
            Optional<Home> home = Home.find(session, user);
            if (home.isPresent()) {
                return new LoginAfterLink(context).start(user, home.get());
            }
        }
        Response done = pages.done(link, user);
        new AuthenticationSessionManager(session).removeAuthenticationSession(context.getRealm(), login, true);
        return done;
    }

    private static void passwordSet(PasswordLink link, ActionTokenContext<PasswordLink> context, UserModel user) {
        // The link was sent to this address.
        user.setEmailVerified(true);
        user.removeRequiredAction(UserModel.RequiredAction.UPDATE_PASSWORD);
        user.removeRequiredAction(UserModel.RequiredAction.VERIFY_EMAIL);
        RealmModel realm = context.getRealm();
        context.getSession().getContext().setRealm(realm);
        EventBuilder event = context.getEvent();
        event.clone()
                .event(EventType.UPDATE_CREDENTIAL)
                .user(user)
                .detail(Details.CREDENTIAL_TYPE, PasswordCredentialModel.TYPE)
                .detail(LINK, link.isInvitation() ? INVITATION : PASSWORD_LINK)
                .success();
        event.event(EventType.RESET_PASSWORD).user(user).success();
    }

    @Override
    public boolean canUseTokenRepeatedly(PasswordLink link, ActionTokenContext<PasswordLink> context) {
        // LinkRules refuses used links, with an error page.
        return true;
    }
}
