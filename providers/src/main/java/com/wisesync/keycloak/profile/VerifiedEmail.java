package com.wisesync.keycloak.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.wisesync.keycloak.OptIn;
import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * Applies {@code email_verified} of an OpenID Connect provider only to the address that it belongs to (CVE-2026-14781).
 *
 * <p>Keycloak 26.7 reads the address from userinfo and the claim from the ID token. If userinfo has an address, only the claim
 * beside it counts, as in Keycloak 26.8 (keycloak#50618): without it, the address is not verified. Providers whose emails are
 * not trusted verify none anyway.
 */
final class VerifiedEmail {

    private static final String EMAIL = "email";
    private static final String EMAIL_VERIFIED = "email_verified";

    private VerifiedEmail() {}

    /** Must be called after Keycloak has set whether the address is verified. */
    static void correct(KeycloakSession session, UserModel user, BrokeredIdentityContext context) {
        if (user.isEmailVerified()
                && Boolean.TRUE.equals(context.getIdpConfig().isTrustEmail())
                && OptIn.isActive(session.getContext().getRealm())
                && context.getContextData().get(OIDCIdentityProvider.USER_INFO) instanceof JsonNode userInfo
                && !isVerifiedBy(userInfo)) {
            user.setEmailVerified(false);
        }
    }

    /** Whether userinfo has no address or says that it is verified. Some providers send the claim as text. */
    static boolean isVerifiedBy(JsonNode userInfo) {
        return userInfo.path(EMAIL).asText("").isEmpty()
                || userInfo.path(EMAIL_VERIFIED).asBoolean(false);
    }
}
