package com.wisesync.keycloak.mail;

import com.wisesync.keycloak.OptIn;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.authentication.actiontoken.ActionTokenContext;
import org.keycloak.authentication.actiontoken.DefaultActionToken;
import org.keycloak.events.Errors;
import org.keycloak.models.UserModel;

/**
 * Guards every emailed link. Opening a link (GET) shows a page and changes nothing, so that link scanners consume nothing;
 * pressing the button on that page (POST) uses the link. It also shows why a link does not work any more, and offers to log out
 * another user.
 *
 * <p>Called from {@code getAuthenticationSessionIdFromToken}: the first call that a handler gets, before Keycloak creates an
 * authentication session and before it refuses a browser in which another user is logged in ({@code
 * LoginActionsService.handleActionToken} of 26.7.4). Links are opened at {@code login-actions/action-token}; the page posts to
 * {@code login-actions/reset-credentials}, which accepts the key of any action token.
 */
final class LinkGate {

    /** The form field of the button that logs another user out. */
    static final String LOG_OUT_OTHER = "logOutOther";

    private final ActionTokenContext<?> context;
    private final LinkPages pages;
    private final OtherLogin otherLogin;

    LinkGate(ActionTokenContext<?> context) {
        this.context = context;
        this.pages = new LinkPages(context.getSession());
        this.otherLogin = new OtherLogin(context.getSession());
    }

    /** @throws WebApplicationException with a page, unless the link works and its use was confirmed */
    void requireConfirmed(DefaultActionToken token) {
        if (!OptIn.isActive(context.getRealm())) {
            return;
        }
        UserModel user = CommittedUser.find(context.getSession(), context.getRealm(), token.getUserId());
        new LinkRules(context.getSession()).problemOf(token, user).ifPresent(problem -> refuse(token, user, problem));
        Optional<UserModel> other = otherLogin.otherThan(token.getUserId());
        if (!HttpMethod.POST.equals(context.getRequest().getHttpMethod())) {
            throw show(pages.confirm(token, user, other));
        }
        if (other.isPresent()) {
            if (!context.getRequest().getDecodedFormParameters().containsKey(LOG_OUT_OTHER)) {
                throw show(pages.confirm(token, user, other));
            }
            otherLogin.end(token.getUserId());
        }
    }

    private void refuse(DefaultActionToken token, UserModel user, LinkProblem problem) {
        context.getEvent()
                .event(context.getHandler().eventType())
                .detail("link", problem.name())
                .error(problem == LinkProblem.DISABLED ? Errors.USER_DISABLED : Errors.EXPIRED_CODE);
        throw show(pages.problem(token, user, problem));
    }

    private static WebApplicationException show(Response page) {
        return new WebApplicationException(page);
    }
}
