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

/** After a mailed code: "Set up 2FA" leads to Keycloak's own page for it, "Not now" is remembered on the user. */
final class Offer implements Authenticator {

    /** When the user last said "Not now". Declared in the User Profile, where nobody may edit it. */
    static final String DECLINED_AT = "two-factor-declined-at";

    private static final Logger LOG = Logger.getLogger(Offer.class);
    private static final String TEMPLATE = "wise-sync-offer.ftl";
    private static final String SET_UP = "set-up";

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        if (due(context)) {
            context.challenge(
                    context.form().setExecution(context.getExecution().getId()).createForm(TEMPLATE));
        } else {
            context.success();
        }
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        if (context.getHttpRequest().getDecodedFormParameters().containsKey(SET_UP)) {
            // On this login only: who changes their mind logs in again, and is not caught in the set-up page.
            context.getAuthenticationSession().addRequiredAction(UserModel.RequiredAction.CONFIGURE_TOTP);
        } else {
            context.getUser()
                    .setSingleAttribute(
                            DECLINED_AT,
                            Instant.ofEpochSecond(Time.currentTimeSeconds()).toString());
        }
        context.success();
    }

    private static boolean due(AuthenticationFlowContext context) {
        return AuthenticatorUtil.getAuthnCredentials(context.getAuthenticationSession())
                        .contains(MailedCode.CREDENTIAL_TYPE)
                && context.getAuthenticationSession().getClientNote(Constants.KC_ACTION) == null
                && !Devices.enrolledBy(context.getUser())
                && canSetUp(context.getRealm())
                && !declinedLately(context);
    }

    private static boolean canSetUp(RealmModel realm) {
        RequiredActionProviderModel action =
                realm.getRequiredActionProviderByAlias(UserModel.RequiredAction.CONFIGURE_TOTP.name());
        return action != null && action.isEnabled();
    }

    private static boolean declinedLately(AuthenticationFlowContext context) {
        String declinedAt = context.getUser().getFirstAttribute(DECLINED_AT);
        if (declinedAt == null) {
            return false;
        }
        try {
            return Instant.parse(declinedAt)
                    .plus(OfferConfig.of(context.getAuthenticatorConfig()).again())
                    .isAfter(Instant.ofEpochSecond(Time.currentTimeSeconds()));
        } catch (DateTimeParseException e) {
            LOG.debugf(
                    "'%s' of user '%s' is no instant",
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
