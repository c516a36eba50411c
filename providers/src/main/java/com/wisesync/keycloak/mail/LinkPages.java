package com.wisesync.keycloak.mail;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.keycloak.authentication.actiontoken.DefaultActionToken;
import org.keycloak.authentication.actiontoken.idpverifyemail.IdpVerifyAccountLinkActionToken;
import org.keycloak.authentication.actiontoken.updateemail.UpdateEmailActionToken;
import org.keycloak.authentication.actiontoken.verifyemail.VerifyEmailActionToken;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The pages behind emailed links. */
final class LinkPages {

    private static final Set<String> CONFIRMATIONS = Set.of(
            UpdateEmailActionToken.TOKEN_TYPE,
            VerifyEmailActionToken.TOKEN_TYPE,
            IdpVerifyAccountLinkActionToken.TOKEN_TYPE);

    private final KeycloakSession session;
    private final RealmModel realm;

    LinkPages(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    /** The page with the button that uses the link; for a password link it has the form for the password. */
    Response confirm(DefaultActionToken token, UserModel user, Optional<UserModel> other) {
        LoginFormsProvider form = page(user, other.map(UserModel::getUsername).orElse(null));
        return token instanceof PasswordLink link ? password(form, link) : click(form, token, user);
    }

    /** The form for the password, once another user was logged out. */
    Response password(PasswordLink link, UserModel user, AuthenticationSessionModel login) {
        return password(page(user, null).setAuthenticationSession(login), link);
    }

    /** The form for the password again, with an error at one of its fields. */
    Response passwordAgain(PasswordLink link, UserModel user, AuthenticationSessionModel login, FormMessage error) {
        LoginFormsProvider form = page(user, null).setAuthenticationSession(login);
        return password(form.addError(error), link);
    }

    /** @param user null if there is no such user any more */
    Response problem(DefaultActionToken token, UserModel user, LinkProblem problem) {
        boolean invitation = token instanceof PasswordLink link && link.isInvitation();
        String invitedBy = invitation ? Names.ofAdmin(session, ((PasswordLink) token).invitedBy()) : "";
        return page(user, null)
                .setAttribute("problem", kind(token) + problem.name())
                .setAttribute("invitedBy", invitedBy)
                .setAttribute("loginUrl", canLogIn(user) ? loginUrl(user) : "")
                .setStatus(Response.Status.BAD_REQUEST)
                .createForm("wise-sync-link-problem.ftl");
    }

    /** The part of the message key that says what to do next: only a link for a password is requested at the login page. */
    private static String kind(DefaultActionToken token) {
        if (token instanceof PasswordLink link && link.isInvitation()) {
            return "invitation.";
        }
        return CONFIRMATIONS.contains(token.getActionId()) ? "confirmation." : "";
    }

    /** The page after the password was set. */
    Response done(PasswordLink link, UserModel user) {
        return page(user, null)
                .setAttribute("invitation", link.isInvitation())
                .setAttribute("loginUrl", loginUrl(user))
                .createForm("wise-sync-link-done.ftl");
    }

    /** Where the user logs in, or empty. */
    String loginUrl(UserModel user) {
        return Home.find(session, user).map(home -> home.address().toString()).orElse("");
    }

    /** Not while the user is disabled, or needs an invitation to choose the first password. */
    private boolean canLogIn(UserModel user) {
        return user != null && user.isEnabled() && !new LinkRules(session).needsInvitation(user);
    }

    private static Response password(LoginFormsProvider form, PasswordLink link) {
        return form.setAttribute("invitation", link.isInvitation()).createForm("wise-sync-link-password.ftl");
    }

    private static Response click(LoginFormsProvider form, DefaultActionToken token, UserModel user) {
        String address = token instanceof UpdateEmailActionToken update ? update.getNewEmail() : user.getEmail();
        return form.setAttribute("action", token.getActionId().toLowerCase(Locale.ROOT))
                .setAttribute("address", address)
                .createForm("wise-sync-link-confirm.ftl");
    }

    private LoginFormsProvider page(UserModel user, String other) {
        LoginFormsProvider form = session.getProvider(LoginFormsProvider.class);
        if (user != null) {
            form.setAttribute("linkUsername", user.getUsername()).setAttribute("linkName", Names.inGreeting(user));
        }
        return form.setAttribute("linkOther", other == null ? "" : other).setAttribute("linkAction", useAddress());
    }

    /** Where the button posts to: this request's key and login, at the address that accepts a POST. */
    private String useAddress() {
        URI requested = session.getContext().getUri().getRequestUri();
        return UriBuilder.fromUri(session.getContext().getUri().getBaseUri())
                .path("realms")
                .path(realm.getName())
                .path("login-actions/reset-credentials")
                .replaceQuery(requested.getRawQuery())
                .build()
                .toString();
    }
}
