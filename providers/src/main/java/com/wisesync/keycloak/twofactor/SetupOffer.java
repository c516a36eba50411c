package com.wisesync.keycloak.twofactor;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jboss.logging.Logger;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.common.util.Time;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.models.UserModel;

/** Offers to set up an authenticator app after an emailed code. "Not now" is stored in an attribute of the user. */
final class SetupOffer implements Authenticator {

    /** When the user last chose "Not now". The User Profile declares it as read-only. */
    static final String DECLINED_AT = "two-factor-declined-at";

    private static final Logger LOG = Logger.getLogger(SetupOffer.class);
    private static final String TEMPLATE = "wise-sync-offer.ftl";
    private static final String SET_UP = "set-up";

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        if (isDue(context)) {
            context.challenge(
                    context.form().setExecution(context.getExecution().getId()).createForm(TEMPLATE));
        } else {
            context.success();
        }
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        if (context.getHttpRequest().getDecodedFormParameters().containsKey(SET_UP)) {
            // Only for this login: a user who leaves the page is not forced to set up an app at the next login.
            context.getAuthenticationSession().addRequiredAction(UserModel.RequiredAction.CONFIGURE_TOTP);
        } else {
            context.getUser()
                    .setSingleAttribute(
                            DECLINED_AT,
                            Instant.ofEpochSecond(Time.currentTimeSeconds()).toString());
        }
        context.success();
    }

    private static boolean isDue(AuthenticationFlowContext context) {
        return AuthenticatorUtil.getAuthnCredentials(context.getAuthenticationSession())
                        .contains(EmailedCode.CREDENTIAL_TYPE)
                && context.getAuthenticationSession().getClientNote(Constants.KC_ACTION) == null
                && !new SecondFactors(context.getUser()).isAppOrKeyEnrolled()
                && canSetUp(context.getRealm())
                && !recentlyDeclined(context);
    }

    private static boolean canSetUp(RealmModel realm) {
        RequiredActionProviderModel action =
                realm.getRequiredActionProviderByAlias(UserModel.RequiredAction.CONFIGURE_TOTP.name());
        return action != null && action.isEnabled();
    }

    private static boolean recentlyDeclined(AuthenticationFlowContext context) {
        String declinedAt = context.getUser().getFirstAttribute(DECLINED_AT);
        if (declinedAt == null) {
            return false;
        }
        try {
            return Instant.parse(declinedAt)
                    .plus(SetupOfferConfig.of(context.getAuthenticatorConfig()).again())
                    .isAfter(Instant.ofEpochSecond(Time.currentTimeSeconds()));
        } catch (DateTimeParseException e) {
            LOG.debugf(
                    "'%s' of user '%s' is not an instant",
                    DECLINED_AT, context.getUser().getId());
            return false;
        }
    }

    @Override
    public boolean requiresUser() {
        return true;
    }

    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return true;
    }

    @Override
    public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {
        // Nothing to set up.
    }

    @Override
    public void close() {
        // Nothing to close.
    }
}
