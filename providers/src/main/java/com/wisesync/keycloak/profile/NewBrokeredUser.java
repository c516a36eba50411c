package com.wisesync.keycloak.profile;

import com.wisesync.keycloak.EmailAddress;
import com.wisesync.keycloak.OptIn;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.broker.IdpCreateUserIfUniqueAuthenticator;
import org.keycloak.authentication.authenticators.broker.util.ExistingUserInfo;
import org.keycloak.authentication.authenticators.broker.util.SerializedBrokeredIdentityContext;
import org.keycloak.broker.provider.BrokeredIdentityContext;

/**
 * Keycloak's step that creates the user of a first login at an identity provider, or finds the existing user to link. Keycloak
 * compares the addresses as the provider sent them (26.7): another spelling of an existing user's address would create a second
 * user, and the existing user would lose all access. Here addresses are normalized first, as everywhere else.
 */
final class NewBrokeredUser extends IdpCreateUserIfUniqueAuthenticator {

    @Override
    protected void authenticateImpl(
            AuthenticationFlowContext context,
            SerializedBrokeredIdentityContext stored,
            BrokeredIdentityContext identity) {
        if (OptIn.isActive(context.getRealm())) {
            normalize(stored, identity);
            // Later steps read it again, and compare it with the new user's email.
            stored.saveToAuthenticationSession(context.getAuthenticationSession(), BROKERED_CONTEXT_NOTE);
        }
        super.authenticateImpl(context, stored, identity);
    }

    private static void normalize(SerializedBrokeredIdentityContext stored, BrokeredIdentityContext identity) {
        if (identity.getEmail() != null) {
            stored.setEmail(EmailAddress.normalize(identity.getEmail()));
            identity.setEmail(stored.getEmail());
        }
        if (identity.getModelUsername() != null) {
            stored.setModelUsername(EmailAddress.normalize(identity.getModelUsername()));
            identity.setModelUsername(stored.getModelUsername());
        }
    }

    /** Also finds a user whose address is stored with its domain in ASCII. */
    @Override
    protected ExistingUserInfo checkExistingUser(
            AuthenticationFlowContext context,
            String username,
            SerializedBrokeredIdentityContext stored,
            BrokeredIdentityContext identity) {
        ExistingUserInfo existing = super.checkExistingUser(context, username, stored, identity);
        if (existing != null || !OptIn.isActive(context.getRealm())) {
            return existing;
        }
        String email = identity.getEmail();
        try {
            identity.setEmail(email == null ? null : EmailAddress.withAsciiDomain(email));
            return super.checkExistingUser(context, EmailAddress.withAsciiDomain(username), stored, identity);
        } finally {
            identity.setEmail(email);
        }
    }
}
